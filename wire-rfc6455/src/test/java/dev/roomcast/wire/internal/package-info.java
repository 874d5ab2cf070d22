/**
 * Tests of the decisions by themselves.
 *
 * <p>What they do together is tested in {@code dev.roomcast.wire}.
 */
@NullMarked
package dev.roomcast.wire.internal;

import org.jspecify.annotations.NullMarked;
