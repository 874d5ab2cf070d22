package dev.roomcast.jetty.internal;

import dev.roomcast.port.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops of one transport, one for each selector. Thread-safe. */
public final class SelectorLoops {
  private static final Logger LOG = LoggerFactory.getLogger(SelectorLoops.class);

  /** How long a listener or handler that blocks its loop may hold up those who wait for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final List<SelectorLoop> loops = new CopyOnWriteArrayList<>();

  public SelectorLoops(String name) {
    this.name = name;
  }

  SelectorLoop add() {
    SelectorLoop loop = new SelectorLoop(name + " loop-" + (loops.size() + 1), TimeSource.system());
    loops.add(loop);
    return loop;
  }

  /**
   * Aborts every pipe and closes every loop; returns when all that they accepted has run, except on
   * a loop that is blocked for more than 5 seconds: that one does it when it goes on.
   *
   * @throws IllegalStateException on a loop, which would wait for itself
   */
  public void close() {
    whenAll(SelectorLoop::close);
  }

  /**
   * Returns when everything that is queued now has run, but does not wait more than 5 seconds for a
   * loop that is blocked. On a loop it returns at once.
   */
  public void settle() {
    if (loops.stream().noneMatch(SelectorLoop::inLoop)) {
      whenAll(SelectorLoop::settled);
    }
  }

  private void whenAll(Function<SelectorLoop, CompletableFuture<Void>> action) {
    if (loops.stream().anyMatch(SelectorLoop::inLoop)) {
      throw new IllegalStateException("called on " + Thread.currentThread().getName() + ", a loop");
    }
    Map<SelectorLoop, CompletableFuture<Void>> done = new HashMap<>();
    loops.forEach(loop -> done.put(loop, action.apply(loop)));
    CompletableFuture.allOf(done.values().toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    done.forEach(
        (loop, ran) -> {
          if (!ran.isDone()) {
            LOG.warn("Loop {} is blocked; not waiting after {} ms", loop, PATIENCE.toMillis());
          }
        });
  }
}
