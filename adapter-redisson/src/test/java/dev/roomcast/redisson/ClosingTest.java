package dev.roomcast.redisson;

import static dev.roomcast.redisson.Buses.join;
import static dev.roomcast.redisson.Buses.numbers;
import static dev.roomcast.redisson.Buses.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How a bus ends, also on threads that its end waits for. Redis is frozen so that no stage
 * completes before it has a dependent.
 */
final class ClosingTest {
  private final RedisProcess redis = RedisProcess.start();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  @AfterEach
  void end() {
    redis.close();
  }

  // Nobody closes them but the test: where that hangs, another close would, too.
  private RedissonBus bus(BusListener listener, Duration publishTimeout) {
    RedissonBus bus =
        RedissonBus.connect(
            redis.uri(), RedissonOptions.defaults().withWaiting(10_000, 1_000_000, publishTimeout));
    bus.start(listener);
    return bus;
  }

  private RedissonBus bus(BusListener listener) {
    return bus(listener, Duration.ofSeconds(10));
  }

  private void close(RedissonBus bus) {
    bus.close();
    closed.complete(null);
  }

  private void assertEnded(RedissonBus bus) throws Exception {
    join(closed);
    assertThatThrownBy(() -> join(publish(bus, "too late")))
        .hasCauseInstanceOf(BusException.class)
        .hasMessageContaining("closed");
    try (RespClient client = redis.client()) {
      await()
          .untilAsserted(
              () ->
                  assertThat(String.valueOf(client.call("CLIENT", "LIST")).strip().lines())
                      .as("no connection is left but this")
                      .hasSize(1));
    }
  }

  @Test
  void endsByWayOfAPublish() throws Exception {
    RedissonBus bus = bus(BusListener.none());
    redis.freeze();
    var unused = publish(bus, "the only one").thenRun(() -> close(bus));
    redis.thaw();

    assertEnded(bus);
  }

  @Test
  void endsByWayOfABatchAndFailsWhatIsBehindIt() throws Exception {
    RedissonBus bus = bus(BusListener.none());
    redis.freeze();
    var unused = publish(bus, "first").thenRun(() -> close(bus));
    pass(Duration.ofMillis(50));
    List<CompletionStage<Long>> behind =
        numbers(1_000).stream().map(text -> publish(bus, text)).toList();
    redis.thaw();

    assertEnded(bus);
    assertThat(behind).allMatch(stage -> stage.toCompletableFuture().isCompletedExceptionally());
  }

  @Test
  void endsByWayOfAPublishThatRedisDidNotTakeInTime() throws Exception {
    RedissonBus bus = bus(BusListener.none(), Duration.ofMillis(300));
    redis.freeze();
    var unused = publish(bus, "late").whenComplete((servers, failed) -> close(bus));
    join(closed);
    redis.thaw();

    assertEnded(bus);
  }

  @Test
  void endsByWayOfASubscription() throws Exception {
    RedissonBus bus = bus(BusListener.none());
    redis.freeze();
    var unused = bus.subscribe(new BusSubscription.Channel("a")).thenRun(() -> close(bus));
    redis.thaw();

    assertEnded(bus);
  }

  @Test
  void endsByTheListener() throws Exception {
    CompletableFuture<RedissonBus> itself = new CompletableFuture<>();
    RedissonBus bus =
        bus(
            new BusListener() {
              @Override
              public void onMessage(String channel, byte[] payload) {
                close(itself.join());
              }

              @Override
              public void onConnection(boolean connected) {}
            });
    itself.complete(bus);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    var unused = publish(bus, "the end");

    assertEnded(bus);
  }

  @Test
  void letsWhatWaitsGoOut() throws Exception {
    RedissonBus bus = bus(BusListener.none());
    List<CompletionStage<Long>> waiting =
        numbers(600).stream().map(text -> publish(bus, text)).toList();
    close(bus);

    for (CompletionStage<Long> stage : waiting) {
      assertThat(join(stage)).isZero();
    }
    assertEnded(bus);
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }
}
