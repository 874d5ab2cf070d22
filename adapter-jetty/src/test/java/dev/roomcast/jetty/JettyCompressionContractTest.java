package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.CompressionContract;

final class JettyCompressionContractTest extends CompressionContract {

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(JettyOptions.port(0).withIoThreads(2));
  }
}
