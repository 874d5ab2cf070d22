package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.conformance.ConformanceContract;

final class EmbeddedConformanceTest extends ConformanceContract {

  @Override
  protected Transport newTransport() {
    return new ForeignJetty();
  }
}
