package dev.roomcast.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisCluster;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Three masters: what the bus promises there, which is order per channel. */
final class ClusterTest {
  /** Their slots are those of different nodes. */
  private static final List<String> CHANNELS = List.of("room:a", "room:b", "room:c", "room:d");

  private static RedisCluster cluster;

  private final List<RedissonBus> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  @AfterEach
  void close() {
    open.forEach(RedissonBus::close);
  }

  private RedissonBus bus(BusListener listener) {
    return bus(listener, RedissonOptions.defaults());
  }

  private RedissonBus bus(BusListener listener, RedissonOptions options) {
    RedissonBus bus = RedissonBus.connect(cluster.uri(), options);
    open.add(bus);
    bus.start(listener);
    return bus;
  }

  private static CompletionStage<Long> publish(RedissonBus bus, String channel, String text) {
    return bus.publish(channel, text.getBytes(StandardCharsets.UTF_8));
  }

  private static <T> T join(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, SECONDS);
  }

  private static void awaitSize(Heard heard, int size) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(20))
        .until(() -> heard.texts.size() >= size);
  }

  @Test
  void keepsTheOrderOfEachChannel() throws Exception {
    Heard byPrefix = new Heard();
    Heard byName = new Heard();
    join(bus(byPrefix).subscribe(new BusSubscription.Prefix("room:")));
    RedissonBus named = bus(byName);
    for (String channel : CHANNELS) {
      join(named.subscribe(new BusSubscription.Channel(channel)));
    }
    RedissonBus publisher = bus(BusListener.none());
    int count = 2_000;
    for (int i = 0; i < count; i++) {
      String channel = CHANNELS.get(i % CHANNELS.size());
      var unused = publish(publisher, channel, channel + " " + i);
    }

    for (Heard heard : List.of(byPrefix, byName)) {
      awaitSize(heard, count);
      for (int which = 0; which < CHANNELS.size(); which++) {
        String channel = CHANNELS.get(which);
        int first = which;
        assertThat(heard.texts.stream().filter(text -> text.startsWith(channel)))
            .containsExactlyElementsOf(
                IntStream.range(0, count)
                    .filter(i -> i % CHANNELS.size() == first)
                    .mapToObj(i -> channel + " " + i)
                    .toList());
      }
    }
  }

  @Test
  void doesNotTellHowManyTookAMessage() throws Exception {
    RedissonBus bus = bus(BusListener.none());
    join(bus.subscribe(new BusSubscription.Channel("room:a")));

    assertThat(join(publish(bus, "room:a", "taken"))).isEqualTo(-1);
  }

  @Test
  void publishesToOthersWhileFarMoreThanABatchWaitsForOneMaster() throws Exception {
    Duration longerThanTheTest = Duration.ofSeconds(60);
    RedissonBus publisher =
        bus(
            BusListener.none(),
            RedissonOptions.defaults().withWaiting(10_000, 1_000_000, longerThanTheTest));
    String there = "room:a";
    String gone = onAnotherNodeThan(there);
    RedisProcess away = cluster.node(cluster.nodeOf(gone));
    away.kill();
    // Written before the connection's end was seen, it may be lost.
    var unused = publish(publisher, gone, "perhaps lost");
    List<CompletionStage<Long>> waiting = new ArrayList<>();
    List<CompletionStage<Long>> taken = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      waiting.add(publish(publisher, gone, "waits"));
      if (i % 100 == 99) {
        taken.add(publish(publisher, there, "taken"));
      }
    }
    for (CompletionStage<Long> each : taken) {
      assertThat(join(each)).isEqualTo(-1);
    }
    // In one queue those behind them would not be taken before these are too old.
    assertThat(waiting.getLast().toCompletableFuture()).isNotDone();
    away.startAgain();
    cluster.awaitWhole();
  }

  /** As where what waits for a master moves to another with its slot. */
  @Test
  void tellsByMasterWhatBecameOfABatch() throws Exception {
    ListenerThread listeners = new ListenerThread(dropped -> {});
    RedissonClient client =
        Redisson.create(
            ClientConfigs.publishing(
                ClientConfigs.of(RedisUri.parse(cluster.uri())),
                RedissonOptions.defaults(),
                listeners,
                new NodeWatch(up -> {})));
    String there = "room:a";
    String gone = onAnotherNodeThan(there);
    RedisProcess away = cluster.node(cluster.nodeOf(gone));
    away.kill();
    try {
      List<CompletionStage<Long>> told =
          new RedissonLine(client, RedissonLine.masters(client))
              .write(
                  Stream.of(gone, there, gone, there)
                      .map(channel -> new Line.Message(channel, new byte[1]))
                      .toList());
      assertThat(join(told.get(1))).isEqualTo(-1);
      assertThat(join(told.get(3))).isEqualTo(-1);
      assertThatThrownBy(() -> join(told.get(0))).hasCauseInstanceOf(Line.Disconnected.class);
      assertThatThrownBy(() -> join(told.get(2))).hasCauseInstanceOf(Line.Disconnected.class);
    } finally {
      client.shutdown();
      listeners.shutdown();
      away.startAgain();
      cluster.awaitWhole();
    }
  }

  private static String onAnotherNodeThan(String there) {
    return CHANNELS.stream()
        .filter(channel -> cluster.nodeOf(channel) != cluster.nodeOf(there))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void publishesNothingTwiceWhileOneMasterIsAway() throws Exception {
    RedissonBus publisher = bus(BusListener.none());
    String there = "room:a";
    String gone = onAnotherNodeThan(there);
    RedisProcess away = cluster.node(cluster.nodeOf(gone));
    Heard heard = new Heard();
    join(bus(heard).subscribe(new BusSubscription.Channel(there)));
    away.kill();
    List<CompletionStage<Long>> taken = new ArrayList<>();
    List<CompletionStage<Long>> tried = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String text = "message " + i;
      sent.add(text);
      tried.add(publish(publisher, gone, "for nobody"));
      taken.add(publish(publisher, there, text));
    }
    awaitSize(heard, sent.size());
    away.startAgain();
    cluster.awaitWhole();
    for (CompletionStage<Long> each : taken) {
      join(each);
    }
    // Those alone may fail that were written before the connection's end was seen.
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> tried.stream().allMatch(each -> each.toCompletableFuture().isDone()));

    assertThat(heard.texts).containsExactlyElementsOf(sent);
  }

  @Test
  void hearsAgainWhenTheNodesWereKilledAndStartedAgain() throws Exception {
    Heard heard = new Heard();
    RedissonBus bus = bus(heard);
    join(bus.subscribe(new BusSubscription.Prefix("room:")));
    join(bus.subscribe(new BusSubscription.Channel("control")));
    // Whichever nodes it hears and publishes by.
    for (int i = 0; i < 3; i++) {
      cluster.node(i).kill();
    }
    for (int i = 0; i < 3; i++) {
      cluster.node(i).startAgain();
    }
    cluster.awaitWhole();
    RedissonBus publisher = bus(BusListener.none());
    List<String> all = new ArrayList<>(CHANNELS);
    all.add("control");
    for (String channel : all) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                var unused = publish(publisher, channel, "back on " + channel);
                return heard.texts.contains("back on " + channel);
              });
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(heard.connections).isNotEmpty().endsWith(true));
  }

  @Test
  void hearsEachOfManyRoomsAgain() throws Exception {
    Heard heard = new Heard();
    RedissonBus bus = bus(heard);
    List<String> rooms = IntStream.range(0, 300).mapToObj(i -> "room:" + i).toList();
    for (CompletionStage<Void> stage :
        rooms.stream().map(room -> bus.subscribe(new BusSubscription.Channel(room))).toList()) {
      join(stage);
    }
    try (RespClient operator = cluster.node(0).client()) {
      operator.call("CLIENT", "KILL", "TYPE", "pubsub");
    }
    heard.awaitConnections(false, true);
    for (CompletionStage<Long> stage :
        rooms.stream().map(room -> publish(bus, room, room)).toList()) {
      join(stage);
    }

    awaitSize(heard, rooms.size());
    assertThat(heard.texts).containsExactlyInAnyOrderElementsOf(rooms);
  }

  @Test
  void subscribesTogetherOnlyToWhatIsOnOneMaster() {
    RedissonOptions options = RedissonOptions.defaults();
    ListenerThread listeners = new ListenerThread(dropped -> {});
    Config config = ClientConfigs.of(RedisUri.parse(cluster.uri()));
    KeptListeners kept = new KeptListeners(config.getNettyHook(), listeners);
    Subscriber subscriber =
        new RedissonSubscriber(
            Redisson.create(
                ClientConfigs.hearing(config, options, listeners, new NodeWatch(up -> {}), kept)),
            new HeardCodec(listeners, options));
    List<BusSubscription> rooms =
        IntStream.range(0, 300)
            .<BusSubscription>mapToObj(i -> new BusSubscription.Channel("room:" + i))
            .toList();
    Collection<List<BusSubscription>> groups = subscriber.together(rooms);
    subscriber.close();
    listeners.shutdown();

    assertThat(groups.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(rooms);
    assertThat(groups).hasSizeLessThan(200).allMatch(ClusterTest::isOnOneNode);
  }

  private static boolean isOnOneNode(List<BusSubscription> group) {
    return group.stream()
            .map(each -> cluster.nodeOf(((BusSubscription.Channel) each).name()))
            .distinct()
            .count()
        == 1;
  }

  @Test
  void hearsAnotherRoomWhileAMasterIsAway() throws Exception {
    Heard heard = new Heard();
    RedissonBus bus = bus(heard);
    String there = "room:a";
    String gone =
        CHANNELS.stream()
            .filter(channel -> cluster.nodeOf(channel) != cluster.nodeOf(there))
            .findFirst()
            .orElseThrow();
    join(bus.subscribe(new BusSubscription.Channel(gone)));
    RedisProcess away = cluster.node(cluster.nodeOf(gone));
    away.kill();
    heard.awaitConnections(false);
    join(bus.subscribe(new BusSubscription.Channel(there)));
    join(publish(bus, there, "heard"));
    heard.awaitText("heard");
    assertThat(heard.connections).containsExactly(false);

    away.startAgain();
    cluster.awaitWhole();
    heard.awaitConnections(false, true);
    join(publish(bus, gone, "back"));
    heard.awaitText("back");
  }
}
