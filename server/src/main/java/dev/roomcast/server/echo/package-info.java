/**
 * A second WebSocket path that sends every message back, for conformance tools. It goes past the
 * core, over the same kind of transport.
 */
@NullMarked
package dev.roomcast.server.echo;

import org.jspecify.annotations.NullMarked;
