package dev.roomcast.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.bus.BusSubscription.Channel;
import dev.roomcast.port.bus.BusSubscription.Prefix;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.config.Config;

/** Redis confirms a subscription that was given up and asked for once more. */
final class LateSubscriptionTest {
  private static final RedissonOptions IMPATIENT =
      RedissonOptions.defaults().withStartTimeout(Duration.ofSeconds(1));

  static List<BusSubscription> subscriptions() {
    return List.of(new Channel("room:late"), new Prefix("room:"));
  }

  @ParameterizedTest
  @MethodSource("subscriptions")
  void isHeardOnce(BusSubscription subscription) throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    ListenerThread thread = new ListenerThread(dropped -> {});
    try (RedisProcess redis = RedisProcess.start();
        RespClient publisher = RespClient.connect(redis.uri().getPort())) {
      Config config = ClientConfigs.of(RedisUri.parse(redis.uri()));
      Ear ear = new Ears(config, IMPATIENT, thread, hearing(heard)).connect();
      Subscriber subscriber = ear.subscriber();
      join(subscriber.subscribe(List.of(new Channel("first"))));
      redis.freeze();
      CompletionStage<Void> late = subscriber.subscribe(List.of(subscription));
      assertThatThrownBy(() -> join(late)).hasMessageContaining("subscri");
      CompletionStage<Void> again = subscriber.subscribe(List.of(subscription));
      redis.thaw();
      join(again);
      publisher.call("PUBLISH", "room:late", "once");
      publisher.call("PUBLISH", "first", "the end");

      Awaitility.await().until(() -> heard.contains("first"));
      assertThat(heard).containsExactly("room:late", "first");
      ear.close();
    } finally {
      thread.shutdown();
    }
  }

  private static Ears.Owner hearing(List<String> channels) {
    return new Ears.Owner() {
      @Override
      public void heard(String channel, HeardPayload payload) {
        channels.add(channel);
      }

      @Override
      public void lost(Ear ear) {}

      @Override
      public void unsubscribes(Ear ear, BusSubscription subscription) {}
    };
  }

  private static void join(CompletionStage<Void> stage) throws Exception {
    stage.toCompletableFuture().get(20, SECONDS);
  }
}
