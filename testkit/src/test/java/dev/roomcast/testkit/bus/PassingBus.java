package dev.roomcast.testkit.bus;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.util.concurrent.CompletionStage;

/** Passes everything on; subclasses break one thing. */
class PassingBus implements Bus {
  final InMemoryBus right;

  PassingBus(InMemoryBus right) {
    this.right = right;
  }

  @Override
  public void start(BusListener listener) {
    right.start(listener);
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    return right.publish(channel, payload);
  }

  @Override
  public CompletionStage<Void> subscribe(BusSubscription subscription) {
    return right.subscribe(subscription);
  }

  @Override
  public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
    return right.unsubscribe(subscription);
  }

  @Override
  public CompletionStage<Void> resubscribe() {
    return right.resubscribe();
  }

  @Override
  public void close() {
    right.close();
  }
}
