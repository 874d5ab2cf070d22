package dev.roomcast.core.audience;

import java.util.concurrent.CompletionStage;

/**
 * A publish on its way, or a request to disconnect. Whoever does not want to know drops it.
 * Thread-safe.
 *
 * <p>Delivery is at most once: a message that was queued is still lost if the connection breaks.
 */
public interface Delivery {

  /**
   * How it went: completes when every loop of this server has queued it for its clients and the bus
   * has answered. Never completes exceptionally. Runs dependents on a loop or a bus thread: do not
   * block there.
   */
  CompletionStage<DeliveryReport> report();
}
