package dev.roomcast.jetty;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.EndToEndContract;

final class EmbeddedEndToEndTest extends EndToEndContract {

  @Override
  protected Transport newTransport() {
    return new ForeignJetty();
  }

  @Override
  protected Codec codec() {
    return JacksonCodec.create();
  }
}
