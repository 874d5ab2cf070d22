/**
 * RFC 6455 over a byte pipe: for transports that own their socket after the upgrade.
 *
 * <p>An adapter implements {@link dev.roomcast.wire.BytePipe} and {@link
 * dev.roomcast.wire.PipeLoop} on its library and gets a {@link
 * dev.roomcast.port.transport.Connection} for each.
 */
@NullMarked
package dev.roomcast.wire;

import org.jspecify.annotations.NullMarked;
