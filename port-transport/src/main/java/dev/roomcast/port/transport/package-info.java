/**
 * The transport port: messages on connections, each confined to an event loop.
 *
 * <p>The core implements {@link dev.roomcast.port.transport.Acceptor} and {@link
 * dev.roomcast.port.transport.ConnectionListener}; a transport implements the rest.
 */
@NullMarked
package dev.roomcast.port.transport;

import org.jspecify.annotations.NullMarked;
