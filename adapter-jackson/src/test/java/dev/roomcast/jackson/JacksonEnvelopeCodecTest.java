package dev.roomcast.jackson;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.testkit.codec.EnvelopeCodecContract;

final class JacksonEnvelopeCodecTest extends EnvelopeCodecContract {
  private final Codec codec = JacksonCodec.create();

  @Override
  protected Codec codec() {
    return codec;
  }
}
