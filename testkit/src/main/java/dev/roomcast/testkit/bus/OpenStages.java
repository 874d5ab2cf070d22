package dev.roomcast.testkit.bus;

import dev.roomcast.port.transport.EventLoop;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stages that a bus has handed out and not completed. The order lock guards the set and is held
 * by callers; stages complete on the loop, since their dependents must not run under the lock.
 */
final class OpenStages {

  /** A stage with an identity: futures have no equality to rely on. */
  static final class Stage<T> {
    private final CompletableFuture<T> future = new CompletableFuture<>();

    CompletableFuture<T> future() {
      return future;
    }
  }

  private final ReentrantLock order;
  private final EventLoop loop;
  private final Set<Stage<?>> open = new LinkedHashSet<>();

  OpenStages(ReentrantLock order, EventLoop loop) {
    this.order = order;
    this.loop = loop;
  }

  <T> Stage<T> begin() {
    Stage<T> stage = new Stage<>();
    open.add(stage);
    return stage;
  }

  void complete(Stage<Long> stage, long value) {
    settle(stage, () -> stage.future.complete(value));
  }

  void complete(Stage<Void> stage) {
    settle(stage, () -> stage.future.complete(null));
  }

  /** Hands over what is still open, for its failure. */
  List<Stage<?>> takeAll() {
    List<Stage<?>> all = List.copyOf(open);
    open.clear();
    return all;
  }

  private void settle(Stage<?> stage, Runnable completion) {
    var unused =
        loop.execute(
            () -> {
              if (takeOut(stage)) {
                completion.run();
              }
            });
  }

  private boolean takeOut(Stage<?> stage) {
    order.lock();
    try {
      return open.remove(stage);
    } finally {
      order.unlock();
    }
  }
}
