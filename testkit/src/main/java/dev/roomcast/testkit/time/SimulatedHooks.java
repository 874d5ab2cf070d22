package dev.roomcast.testkit.time;

import dev.roomcast.port.hook.HookExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs hooks as steps of the simulated world, each on a lane of its own, so that with a seed they
 * start in any order and interleave with loops.
 *
 * <p>A hook takes virtual time by {@link #pause} and waits by {@link #await}; while it does, the
 * world goes on, and so do other hooks. To block in any other way (a lock, a latch, a sleep) stops
 * the world, since nothing else runs until the hook returns or pauses.
 */
public final class SimulatedHooks implements HookExecutor {
  private final VirtualTime time;
  private @Nullable HookThread current;
  private int started;
  private int unfinished;

  SimulatedHooks(VirtualTime time) {
    this.time = time;
  }

  @Override
  public void execute(Runnable task) {
    Lane lane = time.newLane("hook-" + started++);
    HookThread hook = new HookThread(task);
    unfinished++;
    lane.execute(() -> resume(hook, lane));
  }

  /** Lets virtual time pass inside a hook. */
  public void pause(Duration duration) {
    HookThread hook = currentHook("pause");
    Lane lane = time.newLane(hook + " after a pause");
    lane.executeAfter(duration, () -> resume(hook, lane));
    hook.yieldTurn();
  }

  /**
   * Waits inside a hook for a stage that another step completes.
   *
   * @return the stage's value; throws its failure in a {@link
   *     java.util.concurrent.CompletionException}
   */
  public <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    HookThread hook = currentHook("await");
    if (!future.isDone()) {
      Lane lane = time.newLane(hook + " after a wait");
      var unused = future.whenComplete((value, failure) -> lane.execute(() -> resume(hook, lane)));
      hook.yieldTurn();
    }
    return future.join();
  }

  /** How many hooks were given and have not returned. */
  public int unfinished() {
    return unfinished;
  }

  boolean holdsTurn(Thread thread) {
    return current != null && current.is(thread);
  }

  private void resume(HookThread hook, Lane lane) {
    current = hook;
    boolean done;
    try {
      done = hook.runUntilItYields();
    } finally {
      current = null;
    }
    if (done) {
      unfinished--;
      hook.failure()
          .ifPresent(
              thrown -> time.violation("a hook task threw on " + lane + ": " + thrown, thrown));
    }
  }

  private HookThread currentHook(String method) {
    if (current == null) {
      throw new IllegalStateException(method + " outside a simulated hook");
    }
    return current;
  }
}
