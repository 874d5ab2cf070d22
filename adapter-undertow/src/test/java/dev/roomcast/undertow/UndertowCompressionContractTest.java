package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.CompressionContract;

final class UndertowCompressionContractTest extends CompressionContract {

  @Override
  protected Transport newTransport() {
    return UndertowTransport.on(UndertowOptions.port(0).withIoThreads(2));
  }
}
