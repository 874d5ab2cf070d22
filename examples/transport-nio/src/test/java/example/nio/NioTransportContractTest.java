package example.nio;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.TransportContract;
import java.util.Optional;

final class NioTransportContractTest extends TransportContract {

  @Override
  protected Transport newTransport() {
    return new NioTransport("127.0.0.1", 0, 2);
  }

  @Override
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.of(new NioTransport("127.0.0.1", port, 2));
  }
}
