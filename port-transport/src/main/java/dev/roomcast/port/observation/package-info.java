/**
 * The observation port: what happens is counted, so that nothing is lost in silence.
 *
 * <p>An adapter turns it into metrics; {@link dev.roomcast.port.observation.CountingObserver} keeps
 * the sums in memory.
 */
@NullMarked
package dev.roomcast.port.observation;

import org.jspecify.annotations.NullMarked;
