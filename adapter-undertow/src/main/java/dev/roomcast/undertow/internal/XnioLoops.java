package dev.roomcast.undertow.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.xnio.XnioIoThread;

/** The loops of one transport, one for each I/O thread that has a connection. Thread-safe. */
public final class XnioLoops {
  private final ConcurrentHashMap<XnioIoThread, XnioLoop> loops = new ConcurrentHashMap<>();

  /** The loop that is this thread; always the same. */
  public XnioLoop of(XnioIoThread thread) {
    return loops.computeIfAbsent(thread, XnioLoop::new);
  }

  /**
   * Aborts every pipe and closes every loop; returns when all that they accepted has run.
   *
   * @throws IllegalStateException on a loop, which would wait for itself
   */
  public void close() {
    whenAll(XnioLoop::close);
  }

  /** Returns when everything that is queued now has run. On a loop it returns at once. */
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
    CompletableFuture.allOf(all.stream().map(action).toArray(CompletableFuture<?>[]::new)).join();
  }
}
