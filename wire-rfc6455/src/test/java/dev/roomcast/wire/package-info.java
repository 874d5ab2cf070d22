/**
 * Tests of the wire on a fake pipe and virtual time: every byte and every nanosecond is the test's.
 *
 * <p>Frames of clients are written, and frames of servers read, by code of the tests' own.
 */
@NullMarked
package dev.roomcast.wire;

import org.jspecify.annotations.NullMarked;
