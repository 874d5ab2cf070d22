/**
 * The decisions of the core as pure functions and data: what may happen to a session, and when.
 *
 * <p>No thread, no clock, no I/O; the runtime asks and carries out the answers.
 */
@NullMarked
package dev.roomcast.core.internal.model;

import org.jspecify.annotations.NullMarked;
