package dev.roomcast.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import dev.roomcast.testkit.redis.TcpProxy;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;
import org.redisson.connection.AddressResolverGroupFactory;

/** What can happen to a Redis: each test has one of its own. */
final class FailingRedisTest {
  private static final Duration SILENCE = Duration.ofMillis(2_500);

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T opened(T what) {
    open.add(what);
    return what;
  }

  private RedissonBus bus(URI uri, BusListener listener) {
    return bus(uri, listener, RedissonOptions.defaults());
  }

  private RedissonBus bus(URI uri, BusListener listener, RedissonOptions options) {
    RedissonBus bus = opened(RedissonBus.connect(uri, options));
    bus.start(listener);
    return bus;
  }

  private static CompletionStage<Long> publish(RedissonBus bus, String text) {
    return bus.publish("room:" + text.length() % 3, text.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T join(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  private static void pass(Duration time) {
    await().pollDelay(time).atMost(time.plusSeconds(5)).until(() -> true);
  }

  @Test
  void losesNothingThatWasPublishedWhileRedisWasFrozen() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    Heard heard = new Heard();
    RedissonBus subscriber = bus(redis.uri(), heard);
    join(subscriber.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = bus(redis.uri(), BusListener.none());
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
    RedisProcess redis = opened(RedisProcess.start());
    RedissonOptions hasty =
        RedissonOptions.defaults().withWaiting(100, 1_000_000, Duration.ofMillis(500));
    RedissonBus bus = bus(redis.uri(), BusListener.none(), hasty);
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
  void comesBackByItselfWhenRedisWasKilledAndStartedAgain() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    Heard heard = new Heard();
    RedissonBus bus = bus(redis.uri(), heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    join(bus.subscribe(new BusSubscription.Channel("control")));
    redis.kill();
    heard.awaitConnections(false);
    CompletionStage<Long> waiting = publish(bus, "published while it was gone");
    CompletionStage<Void> subscribed = bus.subscribe(new BusSubscription.Channel("late"));
    redis.startAgain();

    heard.awaitConnections(false, true);
    join(waiting);
    join(subscribed);
    join(bus.publish("late", "late".getBytes(StandardCharsets.UTF_8)));
    join(publish(bus, "back"));
    heard.awaitText("back");
    assertThat(heard.texts).endsWith("late", "back");
  }

  @Test
  void publishesAsSoonAsRedisIsBackThoughItDiedWithAnAnswerOwed() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    RedissonBus bus = bus(redis.uri(), BusListener.none());
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
  void noticesConnectionsThatFellSilentBeforeWhatWaitsIsTooOld() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    TcpProxy wire = opened(TcpProxy.to(redis.uri()));
    Heard heard = new Heard();
    RedissonBus bus =
        bus(
            wire.uri(),
            heard,
            RedissonOptions.defaults().withWaiting(100, 1_000_000, Duration.ofSeconds(6)));
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    wire.fallSilent();
    CompletionStage<Long> underWay = publish(bus, "under way");
    heard.awaitConnections(false);
    CompletionStage<Long> behind = publish(bus, "behind");
    wire.speakAgain();

    assertThatThrownBy(() -> join(underWay))
        .hasCauseInstanceOf(BusException.class)
        .hasMessageContaining("Connection");
    assertThat(join(behind)).isNotNegative();
    heard.awaitConnections(false, true);
  }

  @Test
  void hearsAgainWhenRedisEndedTheSubscription() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    Heard heard = new Heard();
    RedissonBus bus = bus(redis.uri(), heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    try (RespClient operator = redis.client()) {
      assertThat(operator.call("CLIENT", "KILL", "TYPE", "pubsub")).isEqualTo(1L);
    }
    heard.awaitConnections(false, true);
    join(publish(bus, "one"));
    join(publish(bus, "two"));

    heard.awaitText("two");
    assertThat(heard.texts).containsExactly("one", "two");
  }

  @Test
  void hearsAgainWhenItsOutputBufferWasFull() throws Exception {
    RedisProcess redis =
        opened(RedisProcess.start("--client-output-buffer-limit", "pubsub", "1mb", "1mb", "1"));
    TcpProxy wire = opened(TcpProxy.to(redis.uri()));
    Heard heard = new Heard();
    RedissonBus bus = bus(wire.uri(), heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus other = bus(redis.uri(), BusListener.none());
    wire.fallSilent();
    // Valkey 9 leaves out of the count what has 16 KiB or more.
    String large = "x".repeat(10_000);
    CompletableFuture<Long> last = CompletableFuture.completedFuture(1L);
    for (int i = 0; i < 3000; i++) {
      last = publish(other, large).toCompletableFuture();
      if (i % 1000 == 999) {
        join(last); // no more under way than may wait
      }
    }
    // Redis has given up on who does not read.
    assertThat(join(last)).isZero();
    wire.speakAgain();

    heard.awaitConnections(false, true);
    join(publish(other, "after"));
    heard.awaitText("after");
  }

  @Test
  void keepsPublishingWhereOnlyTheSubscriptionIsLost() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    Heard witness = new Heard();
    RedissonBus other = bus(redis.uri(), witness);
    join(other.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = bus(redis.uri(), new Heard());
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
  void dropsAndCountsWhatASlowListenerCannotHold() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    CompletableFuture<Void> released = new CompletableFuture<>();
    Heard heard = new Heard();
    RedissonBus bus =
        bus(
            redis.uri(),
            heard.slowedBy(released),
            RedissonOptions.defaults().withHeard(1_000, 1_000_000));
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = bus(redis.uri(), BusListener.none());
    CompletionStage<Long> last = CompletableFuture.completedFuture(0L);
    for (String text : numbers(5_000)) {
      last = publish(publisher, text);
    }
    join(last);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              try (RespClient operator = redis.client()) {
                return String.valueOf(operator.call("CLIENT", "LIST", "TYPE", "pubsub"))
                    .contains("omem=0");
              }
            });
    released.complete(null);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard.texts.size() + heard.dropped.get() == 5_000);

    assertThat(heard.dropped).hasPositiveValue();
    assertThat(heard.texts.size()).isBetween(1_000, 4_999);
    assertThat(heard.connections).isEmpty();
  }

  @Test
  void tellsWhatItHadReceivedBeforeAnotherConnectionTookOver() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    CompletableFuture<Void> released = new CompletableFuture<>();
    Heard heard = new Heard();
    RedissonBus bus = bus(redis.uri(), heard.slowedBy(released));
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    List<String> sent = numbers(1_000);
    for (CompletionStage<Long> stage : sent.stream().map(text -> publish(bus, text)).toList()) {
      assertThat(join(stage)).isEqualTo(1);
    }
    try (RespClient operator = redis.client()) {
      Set<String> before = subscribers(operator);
      CompletionStage<Void> again = bus.resubscribe();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Collections.disjoint(subscribers(operator), before));
      released.complete(null);
      join(again);
    }
    join(publish(bus, "after"));

    heard.awaitText("after");
    assertThat(heard.texts).startsWith(sent.toArray(String[]::new)).hasSize(1_001);
    assertThat(heard.connections).containsExactly(false, true);
  }

  /** The connections that subscribe, each by its number. */
  private static Set<String> subscribers(RespClient operator) {
    return String.valueOf(operator.call("CLIENT", "LIST", "TYPE", "pubsub"))
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .collect(Collectors.toSet());
  }

  @Test
  void hearsAgainWhereConnectingThrewAnError() throws Exception {
    RedisProcess redis = opened(RedisProcess.start());
    AtomicBoolean broken = new AtomicBoolean();
    AddressResolverGroupFactory breaking =
        (channels, sockets, servers) -> {
          if (broken.getAndSet(false)) {
            throw new NoClassDefFoundError("a class that is missing for a moment");
          }
          return DefaultAddressResolverGroup.INSTANCE;
        };
    Config config = ClientConfigs.of(RedisUri.parse(redis.uri()));
    config.setAddressResolverGroupFactory(breaking);
    Heard heard = new Heard();
    RedissonBus bus = opened(RedissonBus.configured(config, RedissonOptions.defaults()));
    bus.start(heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    broken.set(true);
    join(bus.resubscribe());
    join(publish(bus, "again"));

    heard.awaitText("again");
    assertThat(broken).isFalse();
  }

  @Test
  void startFailsInTimeWhereRedisIsFrozen() {
    RedisProcess redis = opened(RedisProcess.start());
    redis.freeze();
    RedissonBus bus =
        opened(
            RedissonBus.connect(
                redis.uri(), RedissonOptions.defaults().withStartTimeout(Duration.ofMillis(700))));

    assertThatThrownBy(() -> bus.start(BusListener.none()))
        .isInstanceOf(BusException.class)
        .hasMessageContaining("127.0.0.1:" + redis.port())
        .hasMessageContaining("PT0.7S");
    redis.thaw();
  }

  @Test
  void goesOnAfterRedisWasTooBusyForABatch() throws Exception {
    RedisProcess redis = opened(RedisProcess.start("--lua-time-limit", "50"));
    RedissonBus bus = bus(redis.uri(), BusListener.none());
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
      // It is told to end, and ends when it looks next.
      await().until(() -> "PONG".equals(operator.call("PING")));
    }

    assertThat(join(publish(bus, "again"))).isZero();
  }
}
