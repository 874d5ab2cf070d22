package dev.roomcast.jackson;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.testkit.codec.BusMessageCodecContract;

final class JacksonBusMessageCodecTest extends BusMessageCodecContract {
  private final Codec codec = JacksonCodec.create();

  @Override
  protected Codec codec() {
    return codec;
  }
}
