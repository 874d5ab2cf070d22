/**
 * Wires a server with Guice: install one module for each port, and one of your own for the hooks.
 *
 * <p>{@link dev.roomcast.guice.RoomcastModule} composes; {@link dev.roomcast.guice.RoomcastBinder}
 * is for the application's module. Everything can be built without Guice, too.
 */
@NullMarked
package dev.roomcast.guice;

import org.jspecify.annotations.NullMarked;
