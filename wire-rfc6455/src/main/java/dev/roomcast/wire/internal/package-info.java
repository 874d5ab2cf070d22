/**
 * How RFC 6455 is done: pure decisions about frames, closing, time and queue levels in classes
 * without I/O, and {@link dev.roomcast.wire.internal.WireConnection}, which carries them out.
 *
 * <p>Not API: only {@code dev.roomcast.wire} may use it.
 */
@NullMarked
package dev.roomcast.wire.internal;

import org.jspecify.annotations.NullMarked;
