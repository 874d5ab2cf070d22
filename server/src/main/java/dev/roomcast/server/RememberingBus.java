package dev.roomcast.server;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Remembers why the bus did not take a message: a report says only that it did not. Thread-safe.
 */
final class RememberingBus implements Bus {
  private final Bus bus;
  private volatile @Nullable Throwable failure;

  RememberingBus(Bus bus) {
    this.bus = bus;
  }

  /** Why the last message that failed did. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    return bus.publish(channel, payload)
        .whenComplete(
            (servers, failed) -> {
              if (failed != null) {
                failure = failed;
              }
            });
  }

  @Override
  public void start(BusListener listener) {
    bus.start(listener);
  }

  @Override
  public CompletionStage<Void> subscribe(BusSubscription subscription) {
    return bus.subscribe(subscription);
  }

  @Override
  public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
    return bus.unsubscribe(subscription);
  }

  @Override
  public CompletionStage<Void> resubscribe() {
    return bus.resubscribe();
  }

  @Override
  public void close() {
    bus.close();
  }
}
