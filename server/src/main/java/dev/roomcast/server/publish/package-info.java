/**
 * The application of the runnable server: clients publish to rooms and, where allowed, beyond.
 *
 * <p>Decisions are pure; {@link dev.roomcast.server.publish.Publishing} carries them out.
 */
@NullMarked
package dev.roomcast.server.publish;

import org.jspecify.annotations.NullMarked;
