package dev.roomcast.testkit.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Writes down what a bus tells, and notices two callbacks at once. Thread-safe. */
final class HeardMessages implements BusListener {
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<String> texts = new ArrayList<>();
  private final List<Boolean> connections = new ArrayList<>();
  private final AtomicBoolean inside = new AtomicBoolean();
  private final AtomicBoolean overlapped = new AtomicBoolean();
  private volatile Consumer<String> then = text -> {};

  /**
   * @param patience how long {@link #awaitText} waits
   */
  HeardMessages(Duration patience) {
    this.patience = patience;
  }

  /** Runs inside each callback from now on, after the message was written down. */
  void then(Consumer<String> action) {
    then = action;
  }

  @Override
  public void onMessage(String channel, byte[] payload) {
    alone(
        () -> {
          String text = new String(payload, StandardCharsets.UTF_8);
          add(texts, text);
          then.accept(text);
        });
  }

  @Override
  public void onConnection(boolean connected) {
    alone(() -> add(connections, connected));
  }

  List<String> texts() {
    return copyOf(texts);
  }

  List<Boolean> connections() {
    return copyOf(connections);
  }

  /**
   * Waits until a text was heard. What was published before it has been heard by then, or never.
   */
  void awaitText(String text) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(patience)
        .until(() -> texts().contains(text));
  }

  void assertNeverTwoAtOnce() {
    assertThat(overlapped).as("two callbacks ran at the same time").isFalse();
  }

  private void alone(Runnable callback) {
    if (!inside.compareAndSet(false, true)) {
      overlapped.set(true);
    }
    try {
      callback.run();
    } finally {
      inside.set(false);
    }
  }

  private <T> void add(List<T> list, T element) {
    lock.lock();
    try {
      list.add(element);
    } finally {
      lock.unlock();
    }
  }

  private <T> List<T> copyOf(List<T> list) {
    lock.lock();
    try {
      return List.copyOf(list);
    } finally {
      lock.unlock();
    }
  }
}
