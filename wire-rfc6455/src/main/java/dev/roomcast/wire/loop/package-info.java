/**
 * A loop of our own around a {@link java.nio.channels.Selector}, for transports whose library has
 * sockets but no event loop that runs tasks. {@link dev.roomcast.wire.loop.SelectorLoop} is all of
 * it.
 */
@NullMarked
package dev.roomcast.wire.loop;

import org.jspecify.annotations.NullMarked;
