package dev.roomcast.undertow.internal;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.XnioIoThread;

/** The loops of one transport, one for each I/O thread that has a connection. Thread-safe. */
public final class XnioLoops {
  private static final Logger LOG = LoggerFactory.getLogger(XnioLoops.class);

  /** How long a listener or handler that blocks its loop may hold up those who wait for it. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final ConcurrentHashMap<XnioIoThread, XnioLoop> loops = new ConcurrentHashMap<>();
  private final Duration patience;

  /** With the patience of a server that is being stopped. */
  public XnioLoops() {
    this(PATIENCE);
  }

  XnioLoops(Duration patience) {
    this.patience = patience;
  }

  /** The loop that is this thread; always the same. */
  public XnioLoop of(XnioIoThread thread) {
    return loops.computeIfAbsent(thread, XnioLoop::new);
  }

  /**
   * Aborts every pipe and closes every loop; returns when all that they accepted has run, except on
   * a loop that is blocked for more than 5 seconds: that one does it when it goes on.
   *
   * @throws IllegalStateException on a loop, which would wait for itself
   */
  public void close() {
    whenAll(XnioLoop::close);
  }

  /**
   * Returns when everything that is queued now has run, but does not wait more than 5 seconds for a
   * loop that is blocked. On a loop it returns at once.
   */
  public void settle() {
    if (loops.values().stream().noneMatch(XnioLoop::inLoop)) {
      whenAll(XnioLoop::settled);
    }
  }

  private void whenAll(Function<XnioLoop, CompletableFuture<Void>> action) {
    List<XnioLoop> all = List.copyOf(loops.values());
    if (all.stream().anyMatch(XnioLoop::inLoop)) {
      throw new IllegalStateException("called on " + Thread.currentThread().getName() + ", a loop");
    }
    Map<XnioLoop, CompletableFuture<Void>> done = new HashMap<>();
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
