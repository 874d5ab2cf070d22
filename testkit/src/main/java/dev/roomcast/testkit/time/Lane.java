package dev.roomcast.testkit.time;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * One thread of control of the simulated world: its tasks run in the order in which they were
 * given, and which lane goes next is up to {@link VirtualTime}. For fake services that tests bring
 * along.
 */
public final class Lane implements Executor {

  /** A task and its place in the order of all tasks of the world. */
  private record Step(long sequence, Runnable task) {}

  private final VirtualTime time;
  private final String name;
  private final Deque<Step> steps = new ArrayDeque<>();

  Lane(VirtualTime time, String name) {
    this.time = time;
    this.name = name;
  }

  /** Runs a task as a later step, never inside the call. */
  @Override
  public void execute(Runnable task) {
    steps.add(new Step(time.nextSequence(), task));
    if (steps.size() == 1) {
      time.ready(this);
    }
  }

  /** Gives this lane a task once virtual time has moved on by {@code delay}. */
  public void executeAfter(Duration delay, Runnable task) {
    time.schedule(this, delay, task);
  }

  /** Whether a task of this lane is running. */
  public boolean running() {
    return time.isRunning(this);
  }

  boolean hasNext() {
    return !steps.isEmpty();
  }

  long nextSequence() {
    return steps.getFirst().sequence();
  }

  Runnable next() {
    return steps.removeFirst().task();
  }

  @Override
  public String toString() {
    return name;
  }
}
