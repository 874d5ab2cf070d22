/**
 * The decisions of RFC 6455, without I/O: frames in both directions, closing, queues and their
 * levels, silence and deadlines. {@code dev.roomcast.wire} carries them out on a byte pipe.
 *
 * <p>Not API: only {@code dev.roomcast.wire} may use it.
 */
@NullMarked
package dev.roomcast.wire.internal;

import org.jspecify.annotations.NullMarked;
