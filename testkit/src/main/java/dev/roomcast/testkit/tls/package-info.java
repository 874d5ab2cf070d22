/**
 * Certificates for tests over TLS, and what the wire shows of it. Certificates are made when they
 * are needed, so that none is kept with a key, and none expires.
 */
@NullMarked
package dev.roomcast.testkit.tls;

import org.jspecify.annotations.NullMarked;
