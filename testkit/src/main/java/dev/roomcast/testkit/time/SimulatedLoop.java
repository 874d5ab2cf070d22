package dev.roomcast.testkit.time;

import dev.roomcast.port.transport.EventLoop;
import java.time.Duration;

/**
 * An event loop on virtual time that keeps rules L01 to L06 to the letter and reports who breaks
 * the caller's part of them. Its I/O is a lane of its own, so that tasks and I/O interleave as on a
 * real loop.
 */
public final class SimulatedLoop implements EventLoop {
  private static final Duration SHORTEST_DELAY = Duration.ofMillis(1);

  private final VirtualTime time;
  private final String name;
  private final Lane tasks;
  private final Lane io;
  private final Lane turnEnd;
  private boolean closed;

  SimulatedLoop(VirtualTime time, String name) {
    this.time = time;
    this.name = name;
    this.tasks = time.newLane(name);
    this.io = time.newLane(name + "/io");
    this.turnEnd = time.newLane(name + "/turn-end");
  }

  @Override
  public boolean inLoop() {
    return tasks.running() || io.running() || turnEnd.running();
  }

  @Override
  public boolean execute(Runnable task) {
    if (!closed) {
      tasks.execute(task);
    }
    return !closed;
  }

  @Override
  public boolean executeAfterIo(Runnable task) {
    if (!inLoop()) {
      time.violation("L04: executeAfterIo off its loop " + name);
    }
    if (!closed) {
      // Behind all I/O that is ready now.
      io.execute(task);
    }
    return !closed;
  }

  @Override
  public void after(Duration delay, Runnable task) {
    if (delay.compareTo(SHORTEST_DELAY) < 0) {
      time.violation("L05: a delay of " + delay + " on " + name + ", expected 1 ms or more");
    }
    tasks.executeAfter(
        delay,
        () -> {
          if (!closed) {
            task.run();
          }
        });
  }

  /** Runs a task as I/O that has become ready. For simulated transports. */
  public void io(Runnable task) {
    io.execute(task);
  }

  /** Runs a task before this loop would wait again. For simulated transports. */
  public void atTurnEnd(Runnable task) {
    turnEnd.execute(task);
  }

  /** Refuses tasks from now on; what was accepted still runs, timers do not. */
  public void close() {
    closed = true;
  }

  @Override
  public String toString() {
    return name;
  }
}
