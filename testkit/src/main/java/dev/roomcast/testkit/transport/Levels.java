package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Backpressure;
import java.util.Optional;

/** Which {@link Backpressure} a connection is at, by the port's definition of each. Confined. */
final class Levels {
  private final long limit;
  private Backpressure level = Backpressure.CLEAR;

  Levels(long limit) {
    this.limit = limit;
  }

  /** After a write attempt; a new level if it changed. */
  Optional<Backpressure> afterWrite(Outbound queue, boolean progressed) {
    return change(
        switch (level) {
          case CLEAR, HIGH -> whileCounted(queue);
          case OVER_LIMIT -> low(queue) ? Backpressure.CLEAR : level;
          case STALLED -> low(queue) && progressed ? Backpressure.CLEAR : level;
        });
  }

  /** After {@code stallTimeout} without a byte taken; a new level if it changed. */
  Optional<Backpressure> afterStall() {
    return change(level == Backpressure.OVER_LIMIT ? level : Backpressure.STALLED);
  }

  private Backpressure whileCounted(Outbound queue) {
    if (queue.unsent() > limit && !queue.isOneFrame()) {
      return Backpressure.OVER_LIMIT;
    }
    if (queue.unsent() > limit / 2) {
      return Backpressure.HIGH;
    }
    return low(queue) ? Backpressure.CLEAR : level;
  }

  private boolean low(Outbound queue) {
    return queue.unsent() <= limit / 4;
  }

  private Optional<Backpressure> change(Backpressure next) {
    boolean changed = next != level;
    level = next;
    return changed ? Optional.of(next) : Optional.empty();
  }
}
