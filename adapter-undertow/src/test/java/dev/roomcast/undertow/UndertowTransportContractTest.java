package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.TransportContract;

final class UndertowTransportContractTest extends TransportContract {

  @Override
  protected Transport newTransport() {
    return UndertowTransport.on(UndertowOptions.port(0).withIoThreads(2));
  }
}
