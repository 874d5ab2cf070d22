package dev.roomcast.testkit.bus;

import dev.roomcast.port.bus.Bus;
import java.util.Optional;

final class InMemoryBusTest extends BusContract {
  private final InMemoryBusNetwork network = InMemoryBusNetwork.onThreads();

  @Override
  protected Bus newBus() {
    return network.newBus(waitingLimit());
  }

  @Override
  protected int waitingLimit() {
    return 10;
  }

  @Override
  protected Optional<Bus> unreachableBus() {
    InMemoryBusNetwork nowhere = InMemoryBusNetwork.onThreads();
    nowhere.reachable(false);
    return Optional.of(nowhere.newBus());
  }

  @Override
  protected boolean disconnect(Bus bus) {
    ((InMemoryBus) bus).disconnect();
    return true;
  }

  @Override
  protected void reconnect(Bus bus) {
    ((InMemoryBus) bus).reconnect();
  }
}
