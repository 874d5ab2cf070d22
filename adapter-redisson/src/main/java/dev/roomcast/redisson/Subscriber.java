package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusSubscription;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Subscribes and unsubscribes. Its stages complete on any thread. */
interface Subscriber {

  /** All of these, in groups that one command can subscribe to. */
  Collection<List<BusSubscription>> together(List<BusSubscription> all);

  /**
   * Subscribes.
   *
   * @param group a single one, or a group of {@link #together}
   * @return completes when Redis has confirmed all; where it fails, nothing is known of any
   */
  CompletionStage<Void> subscribe(List<BusSubscription> group);

  /** Unsubscribes. */
  CompletionStage<Void> unsubscribe(BusSubscription subscription);

  /** Releases the connections; blocks for a moment. */
  void close();
}
