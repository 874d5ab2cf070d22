package dev.roomcast.testkit.time;

import dev.roomcast.port.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A clock that moves only when told, and a scheduler that runs everything on the thread of the
 * test, one step at a time.
 *
 * <p>Without a seed steps run in the order in which they were asked for. With one, the next step is
 * taken from a lane chosen at random: tasks of one lane keep their order, everything else
 * interleaves, and the same seed gives the same run.
 *
 * <p>A step that throws, and whatever breaks a rule of a port, ends {@link #step}, {@link
 * #runUntilIdle} and {@link #advance} with an {@link AssertionError}, even where the code under
 * test has swallowed it. Not thread-safe: for the thread that made it, and for simulated hooks.
 */
public final class VirtualTime implements TimeSource {
  /** More steps than any test needs without a timer between them: something feeds itself. */
  private static final int LIVELOCK_STEPS = 10_000_000;

  private static final Instant ORIGIN = Instant.parse("2026-01-31T12:00:00Z");

  /** Overflows after half a minute, so that code which does not compare by difference is caught. */
  private static final long NANO_ORIGIN = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

  /** A task that is not due yet. */
  private record Timer(long dueNanos, long sequence, Lane lane, Runnable task) {}

  private final @Nullable Random random;
  private final Thread owner = Thread.currentThread();
  private final List<Lane> ready = new ArrayList<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(
          Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::sequence));
  private final List<Throwable> violations = new ArrayList<>();
  private final SimulatedHooks hooks = new SimulatedHooks(this);
  private long elapsedNanos;
  private long nanosPerReading;
  private long sequence;
  private @Nullable Lane running;

  private VirtualTime(@Nullable Random random) {
    this.random = random;
  }

  /** A world whose steps run in the order in which they were asked for. */
  public static VirtualTime inOrder() {
    return new VirtualTime(null);
  }

  /** A world in which the seed decides what runs next. */
  public static VirtualTime seeded(long seed) {
    return new VirtualTime(new Random(seed));
  }

  /** A new event loop in this world. */
  public SimulatedLoop newLoop(String name) {
    return new SimulatedLoop(this, name);
  }

  /** A new lane for a fake service. */
  public Lane newLane(String name) {
    return new Lane(this, name);
  }

  /** Runs hooks as steps of this world. */
  public SimulatedHooks hooks() {
    return hooks;
  }

  @Override
  public long nanoTime() {
    elapsedNanos += nanosPerReading;
    return NANO_ORIGIN + elapsedNanos;
  }

  @Override
  public Instant instant() {
    return ORIGIN.plusNanos(elapsedNanos);
  }

  /**
   * Makes each {@link #nanoTime} cost time, so that code which bounds its own turns sees them end.
   */
  public void readingTakes(Duration each) {
    nanosPerReading = each.toNanos();
  }

  /**
   * Runs one step that is due.
   *
   * @return false if there was none
   */
  public boolean step() {
    if (running != null) {
      throw new IllegalStateException("step() inside a step, on " + running);
    }
    fireTimers();
    if (ready.isEmpty()) {
      return false;
    }
    Lane lane = ready.get(choose());
    Runnable task = lane.next();
    if (!lane.hasNext()) {
      ready.remove(lane);
    }
    running = lane;
    try {
      task.run();
    } catch (VirtualMachineError fatal) {
      throw fatal;
    } catch (RuntimeException | Error thrown) {
      violations.add(new AssertionError("a step of " + lane + " threw " + thrown, thrown));
    } finally {
      running = null;
    }
    failOnViolation();
    return true;
  }

  /** Runs everything that is due now; time stands still. */
  public void runUntilIdle() {
    for (int steps = 0; step(); steps++) {
      if (steps > LIVELOCK_STEPS) {
        throw new AssertionError("still busy after " + steps + " steps; next is " + ready);
      }
    }
  }

  /** Moves time on and runs what falls due on the way, each timer at its own moment. */
  public void advance(Duration duration) {
    runUntilIdle();
    long target = elapsedNanos + duration.toNanos();
    for (Timer next = timers.peek();
        next != null && next.dueNanos() <= target;
        next = timers.peek()) {
      elapsedNanos = Math.max(elapsedNanos, next.dueNanos());
      runUntilIdle();
    }
    elapsedNanos = Math.max(elapsedNanos, target);
  }

  /** Runs steps, without moving time, until the stage is complete; see {@link #await}. */
  public <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    return await(stage, Duration.ZERO);
  }

  /**
   * Runs steps until the stage is complete, and moves time on where nothing else helps. Inside a
   * simulated hook the hook pauses instead, and the world goes on by itself.
   *
   * @return the stage's value; throws its failure in a {@link
   *     java.util.concurrent.CompletionException}
   * @throws AssertionError if the stage is still open after {@code atMost}
   */
  public <T extends @Nullable Object> T await(CompletionStage<T> stage, Duration atMost) {
    if (running != null) {
      return hooks.await(stage);
    }
    CompletableFuture<T> future = stage.toCompletableFuture();
    long deadline = elapsedNanos + atMost.toNanos();
    while (!future.isDone()) {
      if (!step()) {
        Timer next = timers.peek();
        if (next == null || next.dueNanos() > deadline) {
          throw new AssertionError("still open after " + atMost + ", and nothing left to do");
        }
        elapsedNanos = Math.max(elapsedNanos, next.dueNanos());
      }
    }
    return future.join();
  }

  /** A number below {@code bound}: 0 without a seed, otherwise by chance. */
  public int chance(int bound) {
    return random == null ? 0 : random.nextInt(bound);
  }

  /** Reports that a rule of a port was broken; the run ends with it after the current step. */
  public void violation(String what) {
    violations.add(new AssertionError(what));
  }

  void violation(String what, Throwable cause) {
    violations.add(new AssertionError(what, cause));
  }

  void ready(Lane lane) {
    ready.add(lane);
  }

  void schedule(Lane lane, Duration delay, Runnable task) {
    timers.add(new Timer(elapsedNanos + delay.toNanos(), nextSequence(), lane, task));
  }

  long nextSequence() {
    Thread caller = Thread.currentThread();
    if (caller != owner && !hooks.holdsTurn(caller)) {
      throw new IllegalStateException(
          "thread " + caller.getName() + " reaches into a simulation that belongs to " + owner);
    }
    return sequence++;
  }

  boolean isRunning(Lane lane) {
    return running == lane;
  }

  private void fireTimers() {
    for (Timer next = timers.peek();
        next != null && next.dueNanos() <= elapsedNanos;
        next = timers.peek()) {
      timers.remove();
      next.lane().execute(next.task());
    }
  }

  private int choose() {
    if (random != null) {
      return random.nextInt(ready.size());
    }
    int oldest = 0;
    for (int i = 1; i < ready.size(); i++) {
      if (ready.get(i).nextSequence() < ready.get(oldest).nextSequence()) {
        oldest = i;
      }
    }
    return oldest;
  }

  private void failOnViolation() {
    if (violations.isEmpty()) {
      return;
    }
    Throwable first = violations.getFirst();
    var failure = new AssertionError(first.getMessage(), first);
    violations.stream().skip(1).forEach(failure::addSuppressed);
    violations.clear();
    throw failure;
  }
}
