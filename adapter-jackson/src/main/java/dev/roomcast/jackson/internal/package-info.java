/**
 * How the codec works inside; no API.
 *
 * <p>Envelopes and bus messages are scanned here byte by byte, the application's types are bound by
 * Jackson.
 */
@NullMarked
package dev.roomcast.jackson.internal;

import org.jspecify.annotations.NullMarked;
