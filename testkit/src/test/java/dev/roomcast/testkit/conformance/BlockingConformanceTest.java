package dev.roomcast.testkit.conformance;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.BlockingTransport;

/** The cases hold for a transport that shares no code with those that we ship. */
final class BlockingConformanceTest extends ConformanceContract {

  @Override
  protected Transport newTransport() {
    return new BlockingTransport(0);
  }
}
