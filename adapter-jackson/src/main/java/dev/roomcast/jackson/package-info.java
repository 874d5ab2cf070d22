/**
 * The codec port on Jackson 3.
 *
 * <p>Start at {@link dev.roomcast.jackson.JacksonCodec}; with Guice install {@link
 * dev.roomcast.jackson.JacksonModule}.
 */
@NullMarked
package dev.roomcast.jackson;

import org.jspecify.annotations.NullMarked;
