package dev.roomcast.wire;

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

/** The loops of one transport, which settle and end together. Thread-safe. */
public final class LoopGroup {

  /** A loop that can be waited for, and ended. Both methods may be called on any thread. */
  public interface Member extends PipeLoop {

    /** Completes when everything queued up to now has run. */
    CompletableFuture<Void> settled();

    /**
     * Aborts the loop's pipes, tells their listeners, and accepts nothing more; the thread is not
     * ended here.
     *
     * @return completes when everything that was accepted has run
     */
    CompletableFuture<Void> close();
  }

  private static final Logger LOG = LoggerFactory.getLogger(LoopGroup.class);

  /** How long a listener or handler that blocks its loop may hold up those who wait for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Member> loops = new CopyOnWriteArrayList<>();
  private final Duration patience;

  /** An empty group with the patience of a server that is being stopped: 5 seconds. */
  public LoopGroup() {
    this(PATIENCE);
  }

  /**
   * An empty group.
   *
   * @param patience how long a blocked loop may hold up {@link #settle} and {@link #close}
   */
  public LoopGroup(Duration patience) {
    this.patience = patience;
  }

  /** Adds a loop, once. */
  public <L extends Member> L add(L loop) {
    loops.add(loop);
    return loop;
  }

  /**
   * Aborts every pipe and closes every loop; returns when all that they accepted has run, except on
   * a loop that is blocked for longer than the patience: that one does it when it goes on.
   *
   * @throws IllegalStateException on a loop, which would wait for itself
   */
  public void close() {
    whenAll(Member::close);
  }

  /**
   * Returns when everything that is queued now has run, but does not wait longer than the patience
   * for a loop that is blocked. On a loop it returns at once.
   */
  public void settle() {
    if (loops.stream().noneMatch(Member::inLoop)) {
      whenAll(Member::settled);
    }
  }

  private void whenAll(Function<Member, CompletableFuture<Void>> action) {
    List<Member> all = List.copyOf(loops);
    if (all.stream().anyMatch(Member::inLoop)) {
      throw new IllegalStateException("called on " + Thread.currentThread().getName() + ", a loop");
    }
    Map<Member, CompletableFuture<Void>> done = new HashMap<>();
    all.forEach(loop -> done.put(loop, action.apply(loop)));
    CompletableFuture.allOf(done.values().toArray(CompletableFuture<?>[]::new))
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    done.forEach(
        (loop, ran) -> {
          if (!ran.isDone()) {
            LOG.warn("Loop {} is blocked; not waiting after {} ms", loop, patience.toMillis());
          }
        });
  }
}
