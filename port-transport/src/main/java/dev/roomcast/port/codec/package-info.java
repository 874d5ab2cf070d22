/**
 * The codec port: JSON text on one side, envelopes and the application's types on the other.
 *
 * <p>What crosses it is raw JSON text ({@link dev.roomcast.port.codec.Json}), neither trees nor the
 * library's types, so that data passes through unchanged.
 */
@NullMarked
package dev.roomcast.port.codec;

import org.jspecify.annotations.NullMarked;
