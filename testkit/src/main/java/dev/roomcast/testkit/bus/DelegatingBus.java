package dev.roomcast.testkit.bus;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.util.concurrent.CompletionStage;

/** Passes every call on to a real bus; what watches or breaks one thing extends it. */
public class DelegatingBus implements Bus {
  private final Bus real;

  /** Passes every call on to {@code real}. */
  protected DelegatingBus(Bus real) {
    this.real = real;
  }

  @Override
  public void start(BusListener listener) {
    real.start(listener);
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    return real.publish(channel, payload);
  }

  @Override
  public CompletionStage<Void> subscribe(BusSubscription subscription) {
    return real.subscribe(subscription);
  }

  @Override
  public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
    return real.unsubscribe(subscription);
  }

  @Override
  public CompletionStage<Void> resubscribe() {
    return real.resubscribe();
  }

  @Override
  public void close() {
    real.close();
  }
}
