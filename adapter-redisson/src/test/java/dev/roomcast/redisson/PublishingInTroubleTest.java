package dev.roomcast.redisson;

import static dev.roomcast.redisson.Buses.join;
import static dev.roomcast.redisson.Buses.numbers;
import static dev.roomcast.redisson.Buses.publish;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of publishes while Redis is frozen, dead, busy or half there. */
final class PublishingInTroubleTest {
  private static final Duration SILENCE = Duration.ofMillis(2_500);

  @RegisterExtension final Buses buses = new Buses();

  @Test
  void losesNothingThatWasPublishedWhileRedisWasFrozen() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    Heard heard = new Heard();
    RedissonBus subscriber = buses.bus(redis.uri(), heard);
    join(subscriber.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = buses.bus(redis.uri(), BusListener.none());
    List<CompletionStage<Long>> stages = new ArrayList<>();
    List<String> sent = numbers(1_000);
    redis.freeze();
    sent.subList(0, 500).forEach(text -> stages.add(publish(publisher, text)));
    pass(SILENCE);
    sent.subList(500, 1_000).forEach(text -> stages.add(publish(publisher, text)));
    assertThat(stages).noneMatch(stage -> stage.toCompletableFuture().isDone());
    redis.thaw();

    heard.awaitText(sent.getLast());
    assertThat(heard.texts).isEqualTo(sent);
    for (CompletionStage<Long> stage : stages) {
      assertThat(join(stage)).isEqualTo(1);
    }
    assertThat(heard.connections).isEmpty();
  }

  @Test
  void failsPublishesThatRedisDidNotTakeInTime() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    RedissonOptions hasty =
        RedissonOptions.defaults().withWaiting(100, 1_000_000, Duration.ofMillis(500));
    RedissonBus bus = buses.bus(redis.uri(), BusListener.none(), hasty);
    redis.freeze();
    List<CompletionStage<Long>> stages =
        numbers(200).stream().map(text -> publish(bus, text)).toList();

    assertThat(stages.subList(100, 200))
        .allMatch(stage -> stage.toCompletableFuture().isCompletedExceptionally());
    for (CompletionStage<Long> stage : stages) {
      assertThatThrownBy(() -> join(stage)).hasCauseInstanceOf(BusException.class);
    }
    redis.thaw();
    await().atMost(Duration.ofSeconds(20)).until(() -> join(publish(bus, "again")) == 0);
  }

  @Test
  void publishesAsSoonAsRedisIsBackThoughItDiedWithAnAnswerOwed() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    RedissonBus bus = buses.bus(redis.uri(), BusListener.none());
    redis.freeze();
    CompletionStage<Long> underWay = publish(bus, "under way");
    pass(Duration.ofMillis(200));
    List<CompletionStage<Long>> behind =
        numbers(100).stream().map(text -> publish(bus, text)).toList();
    redis.kill();
    redis.startAgain();

    for (CompletionStage<Long> stage : behind) {
      // Half the time that Redisson would wait for the answer that never comes.
      assertThat(stage.toCompletableFuture().get(5, SECONDS)).isZero();
    }
    assertThatThrownBy(() -> join(underWay)).hasCauseInstanceOf(BusException.class);
  }

  @Test
  void keepsPublishingWhereOnlyTheSubscriptionIsLost() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    Heard witness = new Heard();
    RedissonBus other = buses.bus(redis.uri(), witness);
    join(other.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = buses.bus(redis.uri(), new Heard());
    List<CompletionStage<Long>> stages = new ArrayList<>();
    try (RespClient operator = redis.client()) {
      for (String text : numbers(50)) {
        operator.call("CLIENT", "KILL", "TYPE", "pubsub");
        stages.add(publish(publisher, text));
      }
    }
    for (CompletionStage<Long> stage : stages) {
      assertThat(join(stage)).isNotNegative();
    }
  }

  @Test
  void goesOnAfterRedisWasTooBusyForABatch() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start("--lua-time-limit", "50"));
    RedissonBus bus = buses.bus(redis.uri(), BusListener.none());
    List<CompletionStage<Long>> stages;
    try (RespClient script = redis.client();
        RespClient operator = redis.client()) {
      script.send("EVAL", "while true do end", "0");
      await().untilAsserted(() -> assertThat(operator.call("PING")).asString().startsWith("-BUSY"));
      stages = numbers(20).stream().map(text -> publish(bus, text)).toList();
      assertThat(stages)
          .allSatisfy(
              stage ->
                  assertThatThrownBy(() -> join(stage)).hasCauseInstanceOf(BusException.class));
      assertThat(operator.call("SCRIPT", "KILL")).isEqualTo("OK");
      // It is a moment until the script notices.
      await().untilAsserted(() -> assertThat(operator.call("PING")).isEqualTo("PONG"));
    }

    assertThat(join(publish(bus, "again"))).isZero();
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }
}
