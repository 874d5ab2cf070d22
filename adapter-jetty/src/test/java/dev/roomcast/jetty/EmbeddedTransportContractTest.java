package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.TransportContract;

final class EmbeddedTransportContractTest extends TransportContract {

  @Override
  protected Transport newTransport() {
    return new ForeignJetty();
  }
}
