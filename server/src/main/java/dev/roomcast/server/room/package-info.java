/**
 * Which rooms clients may join on their own, by patterns of the configuration.
 *
 * <p>Pure: no I/O and no state.
 */
@NullMarked
package dev.roomcast.server.room;

import org.jspecify.annotations.NullMarked;
