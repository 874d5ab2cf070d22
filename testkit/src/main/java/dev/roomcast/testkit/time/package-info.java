/**
 * A deterministic world: one thread, a virtual clock, and an order of steps that a seed decides.
 *
 * <p>Loops, hooks and everything else that would be a thread are lanes of {@link
 * dev.roomcast.testkit.time.VirtualTime}; the same seed gives the same run.
 */
@NullMarked
package dev.roomcast.testkit.time;

import org.jspecify.annotations.NullMarked;
