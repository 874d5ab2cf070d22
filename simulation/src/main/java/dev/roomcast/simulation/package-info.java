/**
 * Whole servers under deterministic simulation: {@link dev.roomcast.simulation.Simulation} runs a
 * list of {@link dev.roomcast.simulation.Action}s on a cluster in one thread, on virtual time, and
 * holds what happens against a model that knows nothing of the implementation. {@link
 * dev.roomcast.simulation.Actions} generates them for properties; a seed repeats a run.
 */
@NullMarked
package dev.roomcast.simulation;

import org.jspecify.annotations.NullMarked;
