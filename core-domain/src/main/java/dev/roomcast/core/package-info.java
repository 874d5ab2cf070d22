/**
 * The framework itself: a server of rooms, and the emitter.
 *
 * <p>{@link dev.roomcast.core.RoomServer} composes a transport, a codec and the application's
 * hooks.
 */
@NullMarked
package dev.roomcast.core;

import org.jspecify.annotations.NullMarked;
