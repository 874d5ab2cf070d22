package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Transport;
import java.time.Duration;
import java.util.Optional;

/** The contract on a wrong transport, without the patience that a right one deserves. */
abstract class WrongSuite extends TransportContract {

  abstract Transport wrong();

  @Override
  protected Transport newTransport() {
    return wrong();
  }

  @Override
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.of(new BlockingTransport(port));
  }

  @Override
  protected Duration patience() {
    return Duration.ofMillis(500);
  }
}
