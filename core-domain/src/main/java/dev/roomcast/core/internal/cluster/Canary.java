package dev.roomcast.core.internal.cluster;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a message to this very server every few seconds: a subscription can be silent though the
 * bus believes that it is connected. One that was published and does not come back within a period
 * makes the server not ready; a second one in a row makes the bus subscribe anew, which may lose
 * messages and so must not happen because Redis hesitates for a moment, nor because publishing
 * fails: one that is not published within a period makes the server not ready, and no more.
 * Thread-safe.
 */
final class Canary {
  static final Duration PERIOD = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Canary.class);
  private static final int PATIENCE = 2;

  private final Bus bus;
  private final EventLoop timer;
  private final Observer observer;
  private final BooleanSupplier connected;
  private final LongFunction<CompletionStage<?>> publish;
  private long sent; // guarded by this, like all below
  private long settled; // the last one that was published, or failed to be
  private long heard;
  private long seen; // what was heard when the last one was missed
  private int missed;
  private boolean resubscribing;
  private boolean ended;
  private volatile boolean alive = true; // written under this

  /**
   * A canary at rest.
   *
   * @param connected whether the bus says that it is connected
   * @param publish sends the canary of this number; its stage tells whether the bus took it
   */
  Canary(
      Bus bus,
      EventLoop timer,
      Observer observer,
      BooleanSupplier connected,
      LongFunction<CompletionStage<?>> publish) {
    this.bus = bus;
    this.timer = timer;
    this.observer = observer;
    this.connected = connected;
    this.publish = publish;
  }

  /** Begins: the first one flies after a period. */
  void start() {
    timer.after(PERIOD, this::send);
  }

  // One after the other: each is sent once the one before it was judged.
  private void send() {
    long number;
    synchronized (this) {
      if (ended) {
        return;
      }
      number = connected.getAsBoolean() ? ++sent : 0;
    }
    if (number == 0) {
      // The bus knows, and mends itself; what waits would only come back too late.
      forget();
      timer.after(PERIOD, this::send);
      return;
    }
    var unused = published(number).whenComplete((taken, failed) -> settled(number, failed));
    timer.after(PERIOD, () -> lookWhetherSettled(number));
  }

  private CompletionStage<?> published(long number) {
    try {
      return publish.apply(number);
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedFuture(thrown);
    }
  }

  // It has a period from now on, however long it waited to be published.
  private void settled(long number, @Nullable Throwable failed) {
    synchronized (this) {
      settled = number;
      if (failed != null) {
        unpublished();
      }
    }
    timer.after(PERIOD, () -> judge(/* published= */ failed == null));
  }

  private synchronized void lookWhetherSettled(long number) {
    if (settled < number) {
      unpublished();
    }
  }

  // The caller holds the lock.
  private void unpublished() {
    if (alive && heard < sent && connected.getAsBoolean() && !ended) {
      LOG.warn(
          "a message to ourselves could not be published on the bus within {} s",
          PERIOD.toSeconds());
      alive = false;
    }
  }

  private void judge(boolean published) {
    boolean deaf;
    synchronized (this) {
      if (ended) {
        return;
      }
      deaf = published && connected.getAsBoolean() && missedLast() && !resubscribing;
      resubscribing |= deaf;
    }
    if (deaf) {
      resubscribe();
    }
    send();
  }

  // Whether it is time to do something. The caller holds the lock.
  private boolean missedLast() {
    if (heard == sent) {
      missed = 0;
      return false;
    }
    observer.count(Signal.BUS_CANARY_MISSED);
    if (alive) {
      LOG.warn(
          "a message to ourselves did not come back through the bus within {} s",
          PERIOD.toSeconds());
    }
    alive = false;
    // One that comes late is a sign of life, too.
    missed = heard > seen ? 1 : missed + 1;
    seen = heard;
    return missed >= PATIENCE;
  }

  private synchronized void forget() {
    heard = sent;
    missed = 0;
    alive = true;
  }

  private void resubscribe() {
    LOG.warn("subscribing to the bus anew; what is published meanwhile is lost here");
    var unused =
        bus.resubscribe()
            .whenComplete(
                (done, failed) -> {
                  synchronized (this) {
                    resubscribing = false;
                    missed = 0;
                  }
                });
  }

  /** One came back. */
  synchronized void heard(long number) {
    heard = Math.max(heard, number);
    if (heard == sent && !alive) {
      alive = true;
      LOG.info("messages to ourselves come back through the bus again");
    }
  }

  /** Whether the last one was published and came back in time, as far as is known. Any thread. */
  boolean alive() {
    return alive;
  }

  /** No more of them. */
  synchronized void end() {
    ended = true;
  }
}
