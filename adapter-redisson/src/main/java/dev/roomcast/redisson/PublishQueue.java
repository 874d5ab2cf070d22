package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits for one line, in one queue. One batch is under way at a time; whatever came meanwhile
 * is the next batch. So order holds, and a slow line makes batches larger instead of making
 * publishers slower; nor do they write themselves, for what one of them publishes in one go is to
 * be one batch. Thread-safe; never blocks.
 */
final class PublishQueue implements Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(PublishQueue.class);

  /** Enough to make the round trip cheap; few enough for answers not to come late. */
  private static final int BATCH = 512;

  private static final int BATCH_BYTES = 1024 * 1024;

  /** Until the line is tried again after it was not connected. */
  private static final Duration AGAIN = Duration.ofMillis(100);

  /** Between looks for messages that waited too long. */
  private static final Duration SWEEP = Duration.ofMillis(250);

  private record Waiting(Line.Message message, long sinceNanos, CompletableFuture<Long> taken) {
    int size() {
      return message.payload().length;
    }
  }

  private record Outcome(Waiting waiting, long servers, @Nullable Throwable failure) {}

  private final Duration longest;
  private final Backlog.Share room;
  private final Line line;
  private final EventLoop loop;
  private final TimeSource time;

  private final ReentrantLock lock = new ReentrantLock();
  // Guarded by the lock, like all below.
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private List<Waiting> underWay = List.of();
  private long landings; // how many batches have landed; what one tells afterwards is ignored
  private boolean writing; // soon, by the loop
  private boolean pausing;
  private boolean sweeping;
  private boolean closed;

  /**
   * Nothing waits yet.
   *
   * @param longest that a message may wait
   * @param room that what waits may take
   */
  PublishQueue(Duration longest, Backlog.Share room, Line line, EventLoop loop, TimeSource time) {
    this.longest = longest;
    this.room = room;
    this.line = line;
    this.loop = loop;
    this.time = time;
  }

  @Override
  public CompletionStage<Long> publish(String channel, byte[] payload) {
    Waiting waiting =
        new Waiting(new Line.Message(channel, payload), time.nanoTime(), new CompletableFuture<>());
    @Nullable String refused;
    boolean startSweep;
    boolean startWriting;
    lock.lock();
    try {
      refused = closed ? "the bus is closed" : room.add(waiting.size());
      if (refused == null) {
        queue.add(waiting);
      }
      startSweep = refused == null && !sweeping;
      sweeping |= startSweep;
      startWriting = refused == null && underWay.isEmpty() && !writing && !pausing;
      writing |= startWriting;
    } finally {
      lock.unlock();
    }
    if (refused != null) {
      return CompletableFuture.failedFuture(new BusException(refused, null));
    }
    if (startSweep) {
      loop.after(SWEEP, this::sweep);
    }
    if (startWriting) {
      // Refused only where the bus has ended, and then nothing waits any more.
      var unused = loop.execute(this::writeNext);
    }
    return waiting.taken();
  }

  private void writeNext() {
    List<Waiting> batch;
    long number;
    lock.lock();
    try {
      writing = false;
      if (!underWay.isEmpty() || pausing || closed || queue.isEmpty()) {
        return;
      }
      batch = takeBatch();
      underWay = batch;
      number = landings;
    } finally {
      lock.unlock();
    }
    try {
      write(batch, number);
    } catch (RuntimeException | Error thrown) {
      // Perhaps written in part. Without landing, nothing would ever be written again.
      landed(number, batch.stream().map(waiting -> new Outcome(waiting, 0, thrown)).toList());
      if (thrown instanceof Error error) {
        LOG.error("writing to Redis threw an error", error);
        throw error;
      }
    }
  }

  private void write(List<Waiting> batch, long number) {
    List<CompletionStage<Long>> stages = line.write(batch.stream().map(Waiting::message).toList());
    AtomicInteger open = new AtomicInteger(batch.size());
    Outcome[] outcomes = new Outcome[batch.size()];
    for (int i = 0; i < outcomes.length; i++) {
      int index = i;
      var unused =
          stages
              .get(i)
              .whenComplete(
                  (servers, failure) -> {
                    outcomes[index] =
                        new Outcome(batch.get(index), failure == null ? servers : 0, failure);
                    if (open.decrementAndGet() == 0) {
                      // Not here, perhaps while it is still being written. And whoever waits for an
                      // answer may close the bus by way of it, which a timer of Redisson's cannot.
                      loop.execute(() -> landed(number, List.of(outcomes)));
                    }
                  });
    }
  }

  private List<Waiting> takeBatch() {
    List<Waiting> batch = new ArrayList<>(Math.min(BATCH, queue.size()));
    int size = 0;
    while (!queue.isEmpty() && batch.size() < BATCH) {
      size += queue.getFirst().size();
      if (size > BATCH_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(queue.removeFirst());
    }
    return batch;
  }

  private void landed(long number, List<Outcome> outcomes) {
    List<Outcome> settled = new ArrayList<>(outcomes.size());
    boolean pause;
    lock.lock();
    try {
      if (number != landings) {
        return;
      }
      landings++;
      underWay = List.of();
      long now = time.nanoTime();
      for (Outcome outcome : outcomes.reversed()) {
        if (outcome.failure() instanceof Line.NotWritten
            && !closed
            && !isLate(outcome.waiting(), now)) {
          queue.addFirst(outcome.waiting());
        } else {
          settled.add(outcome);
          room.remove(outcome.waiting().size());
        }
      }
      // Also where nothing is written again: what comes next would be lost on the dying connection.
      pause = outcomes.stream().anyMatch(each -> each.failure() instanceof Line.Disconnected);
      pausing |= pause;
    } finally {
      lock.unlock();
    }
    settled.reversed().forEach(PublishQueue::settle);
    if (pause) {
      loop.after(AGAIN, this::resume);
    } else {
      writeNext();
    }
  }

  private void resume() {
    lock.lock();
    try {
      pausing = false;
    } finally {
      lock.unlock();
    }
    writeNext();
  }

  private void sweep() {
    List<Waiting> late = new ArrayList<>();
    lock.lock();
    try {
      long now = time.nanoTime();
      while (!queue.isEmpty() && isLate(queue.getFirst(), now)) {
        Waiting oldest = queue.removeFirst();
        room.remove(oldest.size());
        late.add(oldest);
      }
      // What is under way may come back to the queue.
      sweeping = !closed && !(queue.isEmpty() && underWay.isEmpty());
      if (sweeping) {
        loop.after(SWEEP, this::sweep);
      }
    } finally {
      lock.unlock();
    }
    fail(late, "Redis did not answer for " + longest);
  }

  private boolean isLate(Waiting waiting, long now) {
    return now - waiting.sinceNanos() > longest.toNanos();
  }

  @Override
  public void close() {
    List<Waiting> rest;
    lock.lock();
    try {
      closed = true;
      rest = new ArrayList<>(underWay);
      rest.addAll(queue);
      queue.clear();
    } finally {
      lock.unlock();
    }
    fail(rest, "the bus is closed");
  }

  private static void fail(List<Waiting> waiting, String why) {
    waiting.forEach(each -> each.taken().completeExceptionally(new BusException(why, null)));
  }

  private static void settle(Outcome outcome) {
    Throwable failure = outcome.failure();
    if (failure == null) {
      outcome.waiting().taken().complete(outcome.servers());
    } else {
      outcome.waiting().taken().completeExceptionally(failure(failure));
    }
  }

  /** Without its cause, whose message may quote what was published. */
  private static BusException failure(Throwable cause) {
    return new BusException("Redis did not take a message: " + Reason.ofPublishing(cause), null);
  }
}
