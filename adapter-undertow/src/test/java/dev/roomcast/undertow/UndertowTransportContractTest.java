package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.TransportContract;
import java.util.Optional;

final class UndertowTransportContractTest extends TransportContract {

  @Override
  protected Transport newTransport() {
    return UndertowTransport.on(UndertowOptions.port(0).withIoThreads(2));
  }

  @Override
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.of(UndertowTransport.on(UndertowOptions.port(port).withIoThreads(2)));
  }
}
