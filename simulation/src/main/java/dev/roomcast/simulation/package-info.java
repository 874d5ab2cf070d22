/**
 * The model of the core, the generators, and many nodes in one thread with faults, all of it
 * repeatable from a seed. The stateful properties of the core live here, since the testkit may not
 * know the core.
 */
@NullMarked
package dev.roomcast.simulation;

import org.jspecify.annotations.NullMarked;
