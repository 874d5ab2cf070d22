/**
 * RFC 6455 over byte buffers: the handshake check, frames in both directions, the close and the
 * flush cycle. A byte pipe on an event loop goes in, the connection of the transport port comes
 * out.
 */
@NullMarked
package dev.roomcast.wire;

import org.jspecify.annotations.NullMarked;
