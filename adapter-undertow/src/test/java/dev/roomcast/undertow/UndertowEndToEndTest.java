package dev.roomcast.undertow;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.EndToEndContract;

final class UndertowEndToEndTest extends EndToEndContract {

  @Override
  protected Transport newTransport() {
    return UndertowTransport.on(UndertowOptions.port(0).withIoThreads(4));
  }

  @Override
  protected Codec codec() {
    return JacksonCodec.create();
  }
}
