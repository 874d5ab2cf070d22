package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.conformance.ConformanceContract;

final class UndertowConformanceTest extends ConformanceContract {

  @Override
  protected Transport newTransport() {
    return UndertowTransport.on(UndertowOptions.port(0).withIoThreads(2));
  }
}
