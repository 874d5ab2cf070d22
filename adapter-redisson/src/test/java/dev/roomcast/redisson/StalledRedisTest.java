package dev.roomcast.redisson;

import static dev.roomcast.redisson.Buses.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.bus.BusSubscription.Channel;
import dev.roomcast.port.bus.BusSubscription.Prefix;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.ThreadEventLoop;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.redisson.config.Config;

/** Who comes and goes while Redis stands still for longer than an answer is awaited. */
final class StalledRedisTest {
  private static final Channel FIRST = new Channel("first");
  private static final RedissonOptions IMPATIENT =
      RedissonOptions.defaults()
          .withStartTimeout(Duration.ofMillis(500))
          .withWaiting(1_000, 1_000_000, Duration.ofMillis(500));

  private final RedisProcess redis = RedisProcess.start();
  private final ListenerThread listeners = new ListenerThread(dropped -> {});
  private final ThreadEventLoop loop = EventLoop.singleThread("test");
  private final Hearing hearing = new Hearing(loop, this::open, whole -> {});
  private final List<String> heard = new CopyOnWriteArrayList<>();

  static List<BusSubscription> subscriptions() {
    return List.of(new Channel("room:a"), new Prefix("room:"));
  }

  private CompletionStage<Ear> open() {
    Ears.Owner owner =
        new Ears.Owner() {
          @Override
          public void heard(String channel, HeardPayload payload) {
            heard.add(channel);
          }

          @Override
          public void lost(Ear ear) {}

          @Override
          public void unsubscribes(Ear ear, BusSubscription ended) {
            loop.execute(() -> hearing.unsubscribes(ear, ended));
          }
        };
    Config config = ClientConfigs.of(RedisUri.parse(redis.uri()));
    return CompletableFuture.completedFuture(
        new Ears(config, IMPATIENT, listeners, owner).connect());
  }

  @BeforeEach
  void hear() throws Exception {
    CompletableFuture<Void> whole = new CompletableFuture<>();
    loop.execute(() -> hearing.renew(whole));
    join(whole);
    join(change(FIRST, /* wanted= */ true));
  }

  @AfterEach
  void close() throws Exception {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    loop.execute(
        () -> {
          hearing.close();
          closed.complete(null);
        });
    join(closed);
    loop.close();
    listeners.shutdown();
    redis.close();
  }

  private CompletableFuture<Void> change(BusSubscription subscription, boolean wanted) {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    loop.execute(() -> hearing.change(subscription, wanted, stage));
    return stage;
  }

  /** In the room, and elsewhere behind it. */
  private void publish() {
    try (RespClient publisher = redis.client()) {
      publisher.call("PUBLISH", "room:a", "1");
      publisher.call("PUBLISH", "first", "2");
    }
    await().until(() -> heard.contains("first"));
  }

  private boolean nobodyHearsTheRoom() {
    try (RespClient operator = redis.client()) {
      return List.of("room:a", 0L).equals(operator.call("PUBSUB", "NUMSUB", "room:a"))
          && Long.valueOf(0).equals(operator.call("PUBSUB", "NUMPAT"));
    }
  }

  @ParameterizedTest
  @MethodSource("subscriptions")
  void isHeardOnceBySomebodyWhoLeftAndCameBack(BusSubscription room) throws Exception {
    join(change(room, /* wanted= */ true));
    redis.freeze();
    CompletableFuture<Void> busy = new CompletableFuture<>();
    listeners.execute(busy::join);
    join(change(room, /* wanted= */ false));
    CompletableFuture<Void> back = change(room, /* wanted= */ true);
    redis.thaw();
    await().until(() -> listeners.getQueue().size() >= 3);
    busy.complete(null);
    join(back);
    publish();

    assertThat(heard).containsExactly("room:a", "first");
  }

  @ParameterizedTest
  @MethodSource("subscriptions")
  void isHeardOnceBySomebodyWhoCameAndLeftAndCameBack(BusSubscription room) throws Exception {
    redis.freeze();
    var unused = change(room, /* wanted= */ true);
    await().until(() -> hearing.lastFailure() != null);
    CompletableFuture<Void> left = change(room, /* wanted= */ false);
    CompletableFuture<Void> back = change(room, /* wanted= */ true);
    redis.thaw();
    join(left);
    join(back);
    publish();

    assertThat(heard).containsExactly("room:a", "first");
  }

  @ParameterizedTest
  @MethodSource("subscriptions")
  void isHeardNoMoreBySomebodyWhoLeft(BusSubscription room) throws Exception {
    join(change(room, /* wanted= */ true));
    redis.freeze();
    join(change(room, /* wanted= */ false));
    redis.thaw();
    publish();

    assertThat(heard).containsExactly("first");
    assertThat(nobodyHearsTheRoom()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("subscriptions")
  void isHeardNoMoreBySomebodyWhoCameAndLeft(BusSubscription room) throws Exception {
    redis.freeze();
    var unused = change(room, /* wanted= */ true);
    await().until(() -> hearing.lastFailure() != null);
    CompletableFuture<Void> left = change(room, /* wanted= */ false);
    redis.thaw();
    join(left);
    await().until(this::nobodyHearsTheRoom);
    publish();

    assertThat(heard).containsExactly("first");
  }
}
