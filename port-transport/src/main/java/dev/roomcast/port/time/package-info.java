/**
 * The time port. Timers belong to event loops; this port only tells what time it is.
 *
 * <p>Tests own it through the testkit's virtual time.
 */
@NullMarked
package dev.roomcast.port.time;

import org.jspecify.annotations.NullMarked;
