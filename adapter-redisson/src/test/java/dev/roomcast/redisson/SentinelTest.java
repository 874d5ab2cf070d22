package dev.roomcast.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisSentinels;
import dev.roomcast.testkit.redis.RespClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A master behind sentinels, which is another one from time to time. */
final class SentinelTest {
  private final RedisSentinels sentinels = RedisSentinels.start();
  private final List<RedissonBus> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(RedissonBus::close);
    sentinels.close();
  }

  private RedissonBus bus(BusListener listener) {
    RedissonBus bus = RedissonBus.connect(sentinels.uri());
    open.add(bus);
    bus.start(listener);
    return bus;
  }

  private static CompletionStage<Long> publish(RedissonBus bus, int number) {
    return bus.publish(
        "room:" + number % 3, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T join(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  private static void awaitHeard(RedissonBus publisher, Heard heard) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              var unused = publish(publisher, -1);
              return heard.texts.contains("-1");
            });
  }

  /** All that was published before, in order; then on another master all that is published. */
  private void assertHeardBeforeAndAfter(Consumer<RedisSentinels> change) throws Exception {
    Heard heard = new Heard();
    RedissonBus subscriber = bus(heard);
    join(subscriber.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = bus(BusListener.none());
    for (int i = 0; i < 500; i++) {
      var unused = publish(publisher, i);
    }
    heard.awaitText("499");
    assertThat(heard.texts).isEqualTo(numbers(0, 500));
    change.accept(sentinels);
    awaitHeard(publisher, heard);
    for (int i = 500; i < 1_000; i++) {
      var unused = publish(publisher, i);
    }
    heard.awaitText("999");

    assertThat(heard.texts.stream().filter(text -> !text.equals("-1")))
        .containsExactlyElementsOf(numbers(0, 1_000));
  }

  @Test
  void tellsWhatItHadReceivedBeforeAFailover() throws Exception {
    CompletableFuture<Void> released = new CompletableFuture<>();
    Heard heard = new Heard();
    RedissonBus subscriber = bus(heard.slowedBy(released));
    join(subscriber.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = bus(BusListener.none());
    for (int i = 0; i < 500; i++) {
      assertThat(join(publish(publisher, i))).isEqualTo(1);
    }
    sentinels.failOver();
    try (RespClient master = sentinels.master().client()) {
      // Redisson has moved there by then, or another connection has taken over.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !Long.valueOf(0).equals(master.call("PUBSUB", "NUMPAT")));
    }
    released.complete(null);
    awaitHeard(publisher, heard);

    assertThat(heard.texts.stream().filter(text -> !text.equals("-1")))
        .containsExactlyElementsOf(numbers(0, 500));
    assertThat(heard.connections).isNotEmpty();
  }

  @Test
  void hearsAgainAfterAFailover() throws Exception {
    assertHeardBeforeAndAfter(RedisSentinels::failOver);
  }

  @Test
  void hearsAgainWhenTheMasterWasKilled() throws Exception {
    assertHeardBeforeAndAfter(RedisSentinels::killMaster);
  }

  @Test
  void hearsAgainAndStartsWhereOneSentinelIsLeft() throws Exception {
    Heard heard = new Heard();
    join(bus(heard).subscribe(new BusSubscription.Prefix("room:")));
    sentinels.leaveOneSentinel();
    try (RespClient master = sentinels.master().client()) {
      assertThat(master.call("CLIENT", "KILL", "TYPE", "pubsub")).isNotEqualTo(0L);
    }
    heard.awaitConnections(false, true);
    join(publish(bus(BusListener.none()), 1));

    heard.awaitText("1");
  }
}
