package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.TransportContract;
import java.util.Optional;

final class JettyTransportContractTest extends TransportContract {

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(JettyOptions.port(0).withIoThreads(2));
  }

  @Override
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.of(JettyTransport.on(JettyOptions.port(port).withIoThreads(2)));
  }
}
