package dev.roomcast.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.core.Emitter;
import dev.roomcast.core.audience.Audience;
import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.redisson.RedissonBus;
import dev.roomcast.testkit.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that share one Redis. */
final class SeveralServersTest {
  private final String prefix = "test-" + UUID.randomUUID() + ":";
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

  private ClusterServer server(boolean byInterest) {
    return opened(
        ClusterServer.start(
            TestRedis.uri(), prefix, options -> options.subscribeByInterest(byInterest)));
  }

  private Member member(ClusterServer server, String user) {
    return opened(Member.of(server, user));
  }

  private static String event(String name) {
    return "{\"event\":\"" + name + "\",\"data\":null}";
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void reachesRoomsUsersClientsAndAllOfTheOther(boolean byInterest) {
    ClusterServer east = server(byInterest);
    ClusterServer west = server(byInterest);
    Member ann = member(east, "ann").joins("team");
    Member bob = member(west, "bob").joins("team");
    Member secondAnn = member(west, "ann");
    Audience<Void> team = east.rooms.room("team");
    DeliveryReport report = team.send("room", null).report().toCompletableFuture().join();
    east.rooms.user("ann").send("user", null);
    east.rooms.client(bob.id()).send("client", null);
    east.rooms.named(bob.id()).send("named", null);
    team.except(bob.id()).send("not for bob", null);
    east.rooms.everyone().send("all", null);

    assertThat(ann.awaitSize(4))
        .containsExactly(event("room"), event("user"), event("not for bob"), event("all"));
    assertThat(bob.awaitSize(4))
        .containsExactly(event("room"), event("client"), event("named"), event("all"));
    assertThat(secondAnn.awaitSize(2)).containsExactly(event("user"), event("all"));
    assertThat(report).isEqualTo(new DeliveryReport(1, 0, 0, DeliveryReport.Bus.PUBLISHED, 1));
  }

  @Test
  void keepsControlAndDataInOneOrder() {
    ClusterServer east = server(/* byInterest= */ false);
    ClusterServer west = server(/* byInterest= */ false);
    Member bob = member(west, "bob");
    for (int i = 0; i < 100; i++) {
      var unusedJoin = east.rooms.user("bob").join("team");
      east.rooms.room("team").send("in " + i, null);
      var unusedLeave = east.rooms.user("bob").leave("team");
      east.rooms.room("team").send("out " + i, null);
    }
    east.rooms.user("bob").disconnect("enough");
    east.rooms.user("bob").send("too late", null);

    assertThat(bob.awaitClose()).isEqualTo(4007);
    assertThat(bob.heard())
        .containsExactlyElementsOf(
            IntStream.range(0, 100).mapToObj(i -> event("in " + i)).toList());
  }

  @Test
  void hearsAnEmitterOfThreeLines() {
    ClusterServer east = server(/* byInterest= */ false);
    ClusterServer west = server(/* byInterest= */ false);
    Member ann = member(east, "ann");
    Member bob = member(west, "bob");
    try (Emitter emitter =
        Emitter.on(
            RedissonBus.connect(TestRedis.uri()), JacksonCodec.create(), prefix, Observer.none())) {
      emitter.start();
      emitter.toClient(ann.id(), "client", null);
      emitter.toUser("bob", "user", null);
      emitter.toRoom("ws-default", "room", null, List.of(ann.id()));
      assertThat(emitter.broadcast("all", null).toCompletableFuture().join().servers())
          .isEqualTo(2);
    }

    assertThat(ann.awaitSize(2)).containsExactly(event("client"), event("all"));
    assertThat(bob.awaitSize(3)).containsExactly(event("user"), event("room"), event("all"));
  }

  @Test
  void keepsTheOrderOf100000MessagesOverManyChannels() {
    ClusterServer east = server(/* byInterest= */ false);
    ClusterServer west = server(/* byInterest= */ false);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Member member = member(west, "bob");
      for (int room = 0; room < 20; room++) {
        member.joins("room-" + room);
      }
      members.add(member);
    }
    int count = 100_000;
    DeliveryReport last = null;
    for (int i = 0; i < count; i++) {
      Audience<Void> to =
          switch (i % 23) {
            case 20 -> east.rooms.everyone();
            case 21 -> east.rooms.user("bob");
            case 22 -> east.rooms.room("ws-default");
            default -> east.rooms.room("room-" + i % 23);
          };
      var delivery = to.send("m", i).report().toCompletableFuture();
      // Never more under way than may wait for Redis.
      if (i % 5_000 == 4_999) {
        last = delivery.join();
      }
    }

    assertThat(last).isNotNull();
    List<String> expected =
        IntStream.range(0, count).mapToObj(i -> "{\"event\":\"m\",\"data\":" + i + "}").toList();
    for (Member member : members) {
      assertThat(member.awaitSize(count)).isEqualTo(expected);
    }
    assertThat(west.count(Signal.BUS_DROPPED)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hearsOrParsesOnlyWhatConcernsIt(boolean byInterest) {
    List<ClusterServer> servers =
        List.of(server(byInterest), server(byInterest), server(byInterest));
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      members.add(member(servers.get(i % 3), "user-" + i).joins("room-" + i));
    }
    long before = heardOrParsed(servers.getFirst(), byInterest);
    try (Emitter emitter =
        Emitter.on(
            RedissonBus.connect(TestRedis.uri()), JacksonCodec.create(), prefix, Observer.none())) {
      emitter.start();
      for (int round = 0; round < 20; round++) {
        for (int room = 0; room < 60; room++) {
          emitter.toRoom("room-" + room, "m", round);
        }
      }
      emitter.broadcast("end", null).toCompletableFuture().join();
    }
    members.forEach(each -> each.awaitSize(21));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> heardOrParsed(servers.getFirst(), byInterest) - before >= 401);

    // 20 rounds to 20 rooms that are here, the end, and a canary or two of each server.
    assertThat(heardOrParsed(servers.getFirst(), byInterest) - before).isBetween(401L, 440L);
  }

  private static long heardOrParsed(ClusterServer server, boolean byInterest) {
    long heard = server.count(Signal.BUS_RECEIVED);
    return byInterest ? heard : heard - server.count(Signal.BUS_IRRELEVANT);
  }
}
