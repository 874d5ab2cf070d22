package example.hub;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.testkit.bus.BusContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

final class HubBusTest extends BusContract {
  private Hub hub = hubOn(0);

  private static Hub hubOn(int port) {
    try {
      return new Hub(port);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  @Override
  protected Bus newBus() {
    return new HubBus(hub.port(), waitingLimit());
  }

  @Override
  protected Optional<Bus> unreachableBus() {
    try (Hub gone = hubOn(0)) {
      return Optional.of(new HubBus(gone.port(), waitingLimit()));
    }
  }

  @Override
  protected boolean disconnect(Bus bus) {
    hub.close();
    return true;
  }

  @Override
  protected void reconnect(Bus bus) {
    hub = hubOn(hub.port());
  }

  @AfterEach
  void close() {
    hub.close();
  }
}
