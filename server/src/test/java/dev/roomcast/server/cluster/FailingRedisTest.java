package dev.roomcast.server.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import dev.roomcast.testkit.redis.TcpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers whose Redis fails: clients of one server go on hearing each other. */
final class FailingRedisTest {
  /** Two periods of the canary, and the time to notice. */
  private static final Duration TWO_PERIODS = Duration.ofMillis(4_500);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final RedisProcess redis = opened(RedisProcess.start());

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

  private ClusterServer server(URI uri) {
    return opened(ClusterServer.start(uri, "ws:"));
  }

  private static String event(Object data) {
    return "{\"event\":\"m\",\"data\":" + data + "}";
  }

  private static void awaitReady(ClusterServer server, boolean ready, Duration atMost) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(atMost)
        .until(() -> server.rooms.busConnected() == ready);
  }

  @Test
  void deliversHereWhileRedisIsFrozenAndThereOnceItIsNot() throws Exception {
    ClusterServer east = server(redis.uri());
    ClusterServer west = server(redis.uri());
    Member ann = opened(Member.of(east, "ann"));
    Member bob = opened(Member.of(west, "bob"));
    redis.freeze();
    List<CompletionStage<DeliveryReport>> reports = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      reports.add(east.rooms.everyone().send("m", i).report());
    }
    List<String> all = IntStream.range(0, 100).mapToObj(FailingRedisTest::event).toList();
    assertThat(ann.awaitSize(100)).isEqualTo(all);
    awaitReady(east, false, TWO_PERIODS);
    assertThat(bob.heard()).isEmpty();
    redis.thaw();

    assertThat(bob.awaitSize(100)).isEqualTo(all);
    for (CompletionStage<DeliveryReport> report : reports) {
      assertThat(report.toCompletableFuture().get(20, SECONDS))
          .isEqualTo(new DeliveryReport(1, 0, 0, DeliveryReport.Bus.PUBLISHED, 1));
    }
    awaitReady(east, true, Duration.ofSeconds(10));
    // What Redis did not even take is no sign that this server is deaf.
    assertThat(east.count(Signal.BUS_CANARY_MISSED)).isZero();
    assertThat(east.count(Signal.BUS_CONNECTION_LOST)).isZero();
  }

  @Test
  void recoversWhenRedisWasKilledAndStartedAgain() {
    ClusterServer east = server(redis.uri());
    ClusterServer west = server(redis.uri());
    Member ann = opened(Member.of(east, "ann"));
    Member bob = opened(Member.of(west, "bob"));
    redis.kill();
    awaitReady(east, false, TWO_PERIODS);
    awaitReady(west, false, TWO_PERIODS);
    east.rooms.everyone().send("m", 1);
    assertThat(ann.awaitSize(1)).containsExactly(event(1));
    redis.startAgain();
    awaitReady(east, true, Duration.ofSeconds(10));
    awaitReady(west, true, Duration.ofSeconds(10));
    east.rooms.everyone().send("m", 2);
    west.rooms.everyone().send("m", 3);

    await().atMost(Duration.ofSeconds(20)).until(() -> ann.heard().contains(event(3)));
    await().atMost(Duration.ofSeconds(20)).until(() -> bob.heard().contains(event(3)));
    assertThat(bob.heard()).contains(event(2));
    assertThat(east.count(Signal.BUS_CONNECTION_LOST)).isEqualTo(1);
  }

  @Test
  void recoversWhenSubscriptionsAreKilled() {
    ClusterServer east = server(redis.uri());
    ClusterServer west = server(redis.uri());
    Member bob = opened(Member.of(west, "bob"));
    try (RespClient operator = redis.client()) {
      assertThat(operator.call("CLIENT", "KILL", "TYPE", "pubsub")).isEqualTo(2L);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> west.count(Signal.BUS_CONNECTION_LOST) == 1);
    awaitReady(west, true, Duration.ofSeconds(10));
    awaitReady(east, true, Duration.ofSeconds(10));
    east.rooms.everyone().send("m", 1);

    assertThat(bob.awaitSize(1)).containsExactly(event(1));
  }

  @Test
  void noticesASubscriptionThatIsSilentThoughItIsConnected() {
    TcpProxy wire = opened(TcpProxy.to(redis.uri()));
    ClusterServer east = server(wire.uri());
    Member ann = opened(Member.of(east, "ann"));
    wire.fallSilent();
    awaitReady(east, false, TWO_PERIODS);
    east.rooms.everyone().send("m", 1);
    assertThat(ann.awaitSize(1)).containsExactly(event(1));
    wire.speakAgain();

    awaitReady(east, true, Duration.ofSeconds(15));
  }

  @Test
  void isReadyBeforeTheFirstClientIsAccepted() {
    try (RespClient operator = redis.client()) {
      ClusterServer east = server(redis.uri());
      assertThat(east.rooms.busConnected()).isTrue();
      assertThat(operator.call("PUBSUB", "NUMPAT")).isEqualTo(3L);
      assertThat(operator.call("PUBSUB", "NUMSUB", "ws:broadcast", "ws:control"))
          .isEqualTo(List.of("ws:broadcast", 1L, "ws:control", 1L));
    }
  }

  @Test
  void doesNotStartWithoutRedis() {
    redis.kill();

    assertThatThrownBy(() -> server(redis.uri()))
        .isInstanceOf(BusException.class)
        .hasMessageContaining("cannot use Redis at redis://127.0.0.1:" + redis.port());
  }
}
