package dev.roomcast.jackson;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.testkit.codec.JsonMapperContract;

final class JacksonJsonMapperTest extends JsonMapperContract {
  private final Codec codec = JacksonCodec.create();

  @Override
  protected Codec codec() {
    return codec;
  }
}
