/**
 * TLS of a server for every transport: certificates from files, reloadable while it runs, as one
 * {@link javax.net.ssl.SSLContext}. Nothing here knows a socket or a library.
 */
@NullMarked
package dev.roomcast.wire.tls;

import org.jspecify.annotations.NullMarked;
