/**
 * The port for ids and randomness.
 *
 * <p>Tests replace it, so that a run can be repeated exactly.
 */
@NullMarked
package dev.roomcast.port.id;

import org.jspecify.annotations.NullMarked;
