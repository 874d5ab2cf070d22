package dev.roomcast.port.codec;

import org.jspecify.annotations.Nullable;

/**
 * A message that is no envelope.
 *
 * @param id of an object that lacks only a usable {@code event}, so that the error can bear it;
 *     otherwise null
 * @param detail for a DEBUG log: what is wrong and where, without any of the text
 */
public record MalformedEnvelope(@Nullable String id, String detail) implements DecodedEnvelope {}
