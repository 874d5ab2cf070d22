package dev.roomcast.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.roomcast.port.bus.BusListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a test opens, buses above all; closed after it, the last one first. Not thread-safe. */
final class Buses implements AfterEachCallback {
  private final List<AutoCloseable> open = new ArrayList<>();

  <T extends AutoCloseable> T opened(T what) {
    open.add(what);
    return what;
  }

  /** A started bus with the defaults. */
  RedissonBus bus(URI uri, BusListener listener) {
    return bus(uri, listener, RedissonOptions.defaults());
  }

  /** A started bus. */
  RedissonBus bus(URI uri, BusListener listener, RedissonOptions options) {
    RedissonBus bus = opened(RedissonBus.connect(uri, options));
    bus.start(listener);
    return bus;
  }

  /** Publishes a text in one of three rooms, by its length. */
  static CompletionStage<Long> publish(RedissonBus bus, String text) {
    return bus.publish("room:" + text.length() % 3, text.getBytes(StandardCharsets.UTF_8));
  }

  static <T> T join(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }
}
