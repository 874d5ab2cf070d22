package dev.roomcast.jetty;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.EndToEndContract;

final class JettyEndToEndTest extends EndToEndContract {

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(JettyOptions.port(0).withIoThreads(4));
  }

  @Override
  protected Codec codec() {
    return JacksonCodec.create();
  }
}
