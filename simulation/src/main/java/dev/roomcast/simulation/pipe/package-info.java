/**
 * The contract suite for byte pipes, below the contract of transports: {@link
 * dev.roomcast.simulation.pipe.PipeContract} looks at the sockets of one loop without any
 * WebSocket, so that a pipe can be right before the rest of its transport is there.
 */
@NullMarked
package dev.roomcast.simulation.pipe;

import org.jspecify.annotations.NullMarked;
