package dev.roomcast.wire;

import dev.roomcast.port.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop on virtual time that runs when it is told to, on the caller's thread. */
final class FakeLoop implements PipeLoop, TimeSource {
  private record Timer(long at, long order, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Runnable> turnEnds = new ArrayDeque<>();
  private final Queue<Runnable> afterIo = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::order));
  private long now = -12_345; // System.nanoTime may be negative too
  private long order;
  boolean closed;

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public boolean execute(Runnable task) {
    return !closed && tasks.add(task);
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    return !closed && afterIo.add(task);
  }

  @Override
  public void atTurnEnd(Runnable task) {
    turnEnds.add(task);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    if (delay.toMillis() < 1) {
      throw new IllegalArgumentException("delay is " + delay + ", expected 1 ms or more");
    }
    timers.add(new Timer(now + delay.toNanos(), order++, task));
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(now);
  }

  /** One turn: tasks, then the turn's end. Returns whether there was anything to do. */
  boolean turn() {
    boolean busy = !tasks.isEmpty() || !turnEnds.isEmpty() || !afterIo.isEmpty();
    for (int i = afterIo.size(); i > 0; i--) {
      afterIo.remove().run();
    }
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    for (int i = turnEnds.size(); i > 0; i--) {
      turnEnds.remove().run();
    }
    return busy;
  }

  /** Turns until nothing is left to do at this time. */
  void settle() {
    for (int turns = 0; turn(); turns++) {
      if (turns > 10_000) {
        throw new AssertionError("the loop never rests");
      }
    }
  }

  /** Lets time pass, timer by timer. */
  void advance(Duration duration) {
    settle();
    long end = now + duration.toNanos();
    while (!timers.isEmpty() && timers.peek().at() <= end) {
      Timer timer = timers.remove();
      now = Math.max(now, timer.at());
      timer.task().run();
      settle();
    }
    now = end;
  }

  /** Lets time pass while the loop does nothing. */
  void hang(Duration duration) {
    now += duration.toNanos();
  }

  /** How many timers are waiting. */
  int timers() {
    return timers.size();
  }
}
