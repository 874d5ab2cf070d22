package dev.roomcast.jackson;

import dev.roomcast.jackson.internal.JacksonMapper;
import dev.roomcast.jackson.internal.StrictBusMessageCodec;
import dev.roomcast.jackson.internal.StrictEnvelopeCodec;
import dev.roomcast.port.codec.BusMessageCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.EnvelopeCodec;
import dev.roomcast.port.codec.JsonMapper;

/**
 * The codec on Jackson 3. The application's types are Jackson's to bind; envelopes and bus messages
 * are scanned without it, since what clients send unasked must cost little and leave nothing
 * behind.
 *
 * <p>A {@link dev.roomcast.port.codec.Json} within a value is written as its text and read as the
 * text that stands there; only where Jackson buffers tokens, as before the type id of a polymorphic
 * type, white space and escapes may change. What fails to bind is told by the names of types and
 * their declared members, never by the text, which may hold secrets.
 *
 * <p>Immutable, thread-safe.
 */
public final class JacksonCodec implements Codec {
  private final EnvelopeCodec envelopes = new StrictEnvelopeCodec();
  private final BusMessageCodec busMessages = new StrictBusMessageCodec();
  private final JsonMapper mapper;

  private JacksonCodec(tools.jackson.databind.json.JsonMapper settings) {
    mapper = new JacksonMapper(settings);
  }

  /**
   * A codec on Jackson's defaults: {@code java.time} as ISO 8601 text, no class names in the text,
   * unknown members ignored, null refused for primitive types, numbers over 1,000 digits refused.
   * Other than Jackson's, it writes members in the order of their declaration, reads and writes as
   * deep as envelopes do, and remembers no member names.
   */
  public static JacksonCodec create() {
    return on(JacksonMapper.defaults());
  }

  /**
   * A codec that binds the application's types as a mapper of the application does. Its settings
   * hold, also where they are stricter than the port's rules (unknown members, depth). Disable
   * {@code TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES} on its factory where types hold
   * maps that clients fill: Jackson remembers up to thousands of their keys otherwise, and reading
   * slows down by a multiple.
   *
   * @param mapper copied; not changed
   */
  public static JacksonCodec on(tools.jackson.databind.json.JsonMapper mapper) {
    return new JacksonCodec(mapper);
  }

  @Override
  public EnvelopeCodec envelopes() {
    return envelopes;
  }

  @Override
  public BusMessageCodec busMessages() {
    return busMessages;
  }

  @Override
  public JsonMapper mapper() {
    return mapper;
  }
}
