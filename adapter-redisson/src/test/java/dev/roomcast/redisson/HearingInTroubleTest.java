package dev.roomcast.redisson;

import static dev.roomcast.redisson.Buses.join;
import static dev.roomcast.redisson.Buses.numbers;
import static dev.roomcast.redisson.Buses.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import dev.roomcast.testkit.redis.TcpProxy;
import io.netty.resolver.DefaultAddressResolverGroup;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.ChannelName;
import org.redisson.config.Config;
import org.redisson.connection.AddressResolverGroupFactory;

/** What is heard where the subscription is lost, renewed, or faster than its listener. */
final class HearingInTroubleTest {
  @RegisterExtension final Buses buses = new Buses();

  @Test
  void hearsAgainWhenRedisEndedTheSubscription() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    Heard heard = new Heard();
    RedissonBus bus = buses.bus(redis.uri(), heard);
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
  void hearsEachOfManyRoomsAgain() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    Heard heard = new Heard();
    RedissonBus bus = buses.bus(redis.uri(), heard);
    List<BusSubscription> rooms =
        numbers(500).stream()
            .<BusSubscription>map(number -> new BusSubscription.Channel("room:" + number))
            .toList();
    for (CompletionStage<Void> stage : rooms.stream().map(bus::subscribe).toList()) {
      join(stage);
    }
    try (RespClient operator = redis.client()) {
      assertThat(operator.call("CLIENT", "KILL", "TYPE", "pubsub")).isEqualTo(1L);
      heard.awaitConnections(false, true);
      for (String number : numbers(500)) {
        assertThat(operator.call("PUBLISH", "room:" + number, number)).isEqualTo(1L);
      }
      heard.awaitText("499");
      assertThat(heard.texts).isEqualTo(numbers(500));

      for (CompletionStage<Void> stage :
          rooms.subList(1, 500).stream().map(bus::unsubscribe).toList()) {
        join(stage);
      }
      join(bus.subscribe(new BusSubscription.Channel("another")));
      assertThat(operator.call("PUBLISH", "room:0", "still")).isEqualTo(1L);
      assertThat(operator.call("PUBLISH", "room:1", "no more")).isEqualTo(0L);
      assertThat(subscribers(operator)).hasSize(1);
    }
    heard.awaitText("still");
  }

  @Test
  void hearsAndForgetsOthersWhereARoomIsForbidden() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    try (RespClient operator = redis.client()) {
      operator.call("ACL SETUSER roomcast on >pw resetchannels &room:* +@all".split(" "));
    }
    Duration half = Duration.ofMillis(500);
    RedissonBus bus =
        buses.bus(
            URI.create("redis://roomcast:pw@127.0.0.1:" + redis.port()),
            BusListener.none(),
            RedissonOptions.defaults()
                .withStartTimeout(half)
                .withWaiting(1_000, 1_000_000, half.multipliedBy(2)));
    var refused = bus.subscribe(new BusSubscription.Channel("secret"));
    // The one that Redisson has behind the same lock.
    int lock = new ChannelName("secret").hashCode() % 50;
    BusSubscription neighbour =
        numbers(1_000).stream()
            .map(number -> "room:" + number)
            .filter(name -> new ChannelName(name).hashCode() % 50 == lock)
            .<BusSubscription>map(BusSubscription.Channel::new)
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 3; i++) {
      join(bus.subscribe(neighbour));
      join(bus.unsubscribe(neighbour));
    }

    assertThat(refused).isNotDone();
  }

  @Test
  void hearsAgainWhenItsOutputBufferWasFull() throws Exception {
    RedisProcess redis =
        buses.opened(
            RedisProcess.start("--client-output-buffer-limit", "pubsub", "1mb", "1mb", "1"));
    TcpProxy wire = buses.opened(TcpProxy.to(redis.uri()));
    Heard heard = new Heard();
    RedissonBus bus = buses.bus(wire.uri(), heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus other = buses.bus(redis.uri(), BusListener.none());
    wire.fallSilent();
    // Valkey 9 leaves out of the count what has 16 KiB or more.
    String large = "x".repeat(10_000);
    CompletableFuture<Long> last = CompletableFuture.completedFuture(1L);
    for (int i = 0; i < 3_000; i++) {
      last = publish(other, large).toCompletableFuture();
      if (i % 1_000 == 999) {
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
  void dropsAndCountsWhatASlowListenerCannotHold() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
    CompletableFuture<Void> released = new CompletableFuture<>();
    Heard heard = new Heard();
    RedissonBus bus =
        buses.bus(
            redis.uri(),
            heard.slowedBy(released),
            RedissonOptions.defaults().withHeard(1_000, 1_000_000));
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus publisher = buses.bus(redis.uri(), BusListener.none());
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
    RedisProcess redis = buses.opened(RedisProcess.start());
    CompletableFuture<Void> released = new CompletableFuture<>();
    Heard heard = new Heard();
    RedissonBus bus = buses.bus(redis.uri(), heard.slowedBy(released));
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

  @Test
  void hearsAgainWhereConnectingThrewAnError() throws Exception {
    RedisProcess redis = buses.opened(RedisProcess.start());
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
    RedissonBus bus = buses.opened(RedissonBus.configured(config, RedissonOptions.defaults()));
    bus.start(heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    broken.set(true);
    join(bus.resubscribe());
    join(publish(bus, "again"));

    heard.awaitText("again");
    assertThat(broken).isFalse();
  }

  /** The connections that subscribe, each by its number. */
  private static Set<String> subscribers(RespClient operator) {
    return String.valueOf(operator.call("CLIENT", "LIST", "TYPE", "pubsub"))
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .collect(Collectors.toSet());
  }
}
