package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Transport;
import java.util.Optional;

/** The contract holds for a transport that shares no code with those that we ship. */
final class BlockingTransportTest extends TransportContract {

  @Override
  protected Transport newTransport() {
    return new BlockingTransport(0);
  }

  @Override
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.of(new BlockingTransport(port));
  }
}
