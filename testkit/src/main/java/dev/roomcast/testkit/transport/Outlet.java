package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.time.SimulatedLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The way out of a simulated connection: what is queued, when it is offered to the client (C08,
 * C09) and what is told of a client that does not take it. Confined to the connection's loop.
 */
final class Outlet {
  /** How much may be queued before it is offered to the socket (C09). */
  private static final long WRITE_AT = 256 * 1024;

  private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);

  private final VirtualTime time;
  private final SimulatedLoop loop;
  private final SimulatedClient client;
  private final Duration stallTimeout;
  private final Consumer<Backpressure> report;
  private final Runnable flushed;
  private final Outbound queue = new Outbound();
  private final Levels levels;
  private boolean watched = true;
  private boolean ended;
  private boolean flushAsked;
  private boolean stallTimerRuns;
  private boolean progressed;
  private long notOffered;
  private long lastTakenNanos;

  /**
   * The outlet of one connection.
   *
   * @param report told of each new level, never inside a call
   * @param flushed told after each flush
   */
  Outlet(
      VirtualTime time,
      SimulatedLoop loop,
      SimulatedClient client,
      TransportSettings settings,
      Consumer<Backpressure> report,
      Runnable flushed) {
    this.time = time;
    this.loop = loop;
    this.client = client;
    this.stallTimeout = settings.stallTimeout();
    this.report = report;
    this.flushed = flushed;
    this.levels = new Levels(settings.backpressureLimit());
  }

  void send(SimulatedMessage message) {
    client.handOver(message);
    if (queue.isEmpty()) {
      lastTakenNanos = time.nanoTime();
    }
    queue.add(new Outbound.Frame.Text(message));
    notOffered += message.size();
    if (notOffered >= WRITE_AT) {
      write();
    }
    askForFlush();
  }

  /** Queues the close frame and tells no level any more; returns how many messages were dropped. */
  long close(CloseStatus status, Pending pending) {
    watched = false;
    long dropped = pending == Pending.DISCARD ? queue.discard() : 0;
    queue.add(new Outbound.Frame.Close(status));
    askForFlush();
    return dropped;
  }

  /** Writes nothing any more. */
  void end() {
    watched = false;
    ended = true;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  long unsent() {
    return queue.unsent();
  }

  /** How many messages the client has not taken whole. */
  long messages() {
    return queue.messages();
  }

  private void askForFlush() {
    if (!flushAsked) {
      flushAsked = true;
      loop.atTurnEnd(
          () -> {
            flushAsked = false;
            flush();
          });
    }
  }

  /** Offers everything; a step of its own on the loop. */
  void flush() {
    if (ended) {
      return;
    }
    write();
    if (watched) {
      boolean took = progressed;
      progressed = false;
      levels.afterWrite(queue, took).ifPresent(report);
      watchForStall();
    }
    flushed.run();
  }

  private void write() {
    notOffered = 0;
    if (queue.writeTo(client)) {
      progressed = true;
      lastTakenNanos = time.nanoTime();
    }
  }

  private void watchForStall() {
    if (!queue.isEmpty() && !stallTimerRuns) {
      stallTimerRuns = true;
      startStallTimer();
    }
  }

  private void startStallTimer() {
    Duration left = stallTimeout.minusNanos(time.nanoTime() - lastTakenNanos);
    loop.after(left.compareTo(SHORTEST_DELAY) < 0 ? SHORTEST_DELAY : left, this::stallTimerFires);
  }

  private void stallTimerFires() {
    if (!watched || queue.isEmpty()) {
      stallTimerRuns = false;
    } else if (time.nanoTime() - lastTakenNanos < stallTimeout.toNanos()) {
      startStallTimer();
    } else {
      stallTimerRuns = false;
      levels.afterStall().ifPresent(report);
    }
  }
}
