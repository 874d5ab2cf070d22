package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.conformance.ConformanceContract;

final class JettyConformanceTest extends ConformanceContract {

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(JettyOptions.port(0).withIoThreads(2));
  }
}
