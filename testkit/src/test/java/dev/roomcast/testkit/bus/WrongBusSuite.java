package dev.roomcast.testkit.bus;

import dev.roomcast.port.bus.Bus;
import java.time.Duration;

/** The contract on a wrong bus. */
abstract class WrongBusSuite extends BusContract {
  private final InMemoryBusNetwork network = InMemoryBusNetwork.onThreads();

  abstract Bus wrong(InMemoryBus right);

  @Override
  protected Bus newBus() {
    return wrong(network.newBus(10));
  }

  @Override
  protected int waitingLimit() {
    return 10;
  }

  @Override
  protected Duration patience() {
    return Duration.ofMillis(500);
  }

  @Override
  protected boolean disconnect(Bus bus) {
    ((PassingBus) bus).right.disconnect();
    return true;
  }

  @Override
  protected void reconnect(Bus bus) {
    ((PassingBus) bus).right.reconnect();
  }
}
