package example.nio;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.conformance.ConformanceContract;

final class NioConformanceTest extends ConformanceContract {

  @Override
  protected Transport newTransport() {
    return new NioTransport("127.0.0.1", 0, 2);
  }
}
