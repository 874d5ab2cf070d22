package dev.roomcast.redisson;

import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Writes down what a bus tells. */
final class Heard implements BusListener {
  final List<String> texts = new CopyOnWriteArrayList<>();
  final List<Boolean> connections = new CopyOnWriteArrayList<>();
  final AtomicLong dropped = new AtomicLong();

  @Override
  public void onMessage(String channel, byte[] payload) {
    texts.add(new String(payload, StandardCharsets.UTF_8));
  }

  @Override
  public void onConnection(boolean connected) {
    connections.add(connected);
  }

  @Override
  public void onDropped(long messages) {
    dropped.addAndGet(messages);
  }

  /** The same, but no message is taken before then. */
  BusListener slowedBy(CompletableFuture<Void> then) {
    return new BusListener() {
      @Override
      public void onMessage(String channel, byte[] payload) {
        then.join();
        Heard.this.onMessage(channel, payload);
      }

      @Override
      public void onConnection(boolean connected) {
        Heard.this.onConnection(connected);
      }

      @Override
      public void onDropped(long messages) {
        Heard.this.onDropped(messages);
      }
    };
  }

  void awaitText(String text) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> texts.contains(text));
  }

  void awaitConnections(Boolean... expected) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> connections.equals(List.of(expected)));
  }
}
