/**
 * The contract suite that every executor of hooks must pass. Its twin on virtual time is {@link
 * dev.roomcast.testkit.time.SimulatedHooks}.
 */
@NullMarked
package dev.roomcast.testkit.hook;

import org.jspecify.annotations.NullMarked;
