/**
 * Damaged inputs for whatever reads bytes of strangers, the same ones in every run.
 *
 * <p>Few of them are tried with each test run, and as many as one likes with {@code
 * -Dfuzz.inputs=1000000}.
 */
@NullMarked
package dev.roomcast.testkit.fuzz;

import org.jspecify.annotations.NullMarked;
