package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.bus.InMemoryBus;
import dev.roomcast.testkit.bus.InMemoryBusNetwork;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers on one bus: the protocol, section 2. */
final class BusRoutingTest {
  private final VirtualTime time = VirtualTime.inOrder();
  private final InMemoryBusNetwork network = InMemoryBusNetwork.on(time);

  /** Ids in the east begin with 00000001, in the west with 00000002. */
  @RegisterExtension final World east = new World(time, 1);

  @RegisterExtension final World west = new World(time, 2);

  private final InMemoryBus eastBus = network.newBus();
  private final InMemoryBus westBus = network.newBus();

  /** Somebody else on the bus. */
  private final InMemoryBus other = network.newBus();

  private final List<String> overheard = new ArrayList<>();

  @BeforeEach
  void startBoth() {
    east.start(builder -> builder.bus(eastBus));
    west.start(builder -> builder.bus(westBus));
  }

  private void overhear() {
    other.start(
        new BusListener() {
          @Override
          public void onMessage(String channel, byte[] payload) {
            String text = new String(payload, StandardCharsets.UTF_8);
            overheard.add(channel + " " + text.replace('"', '\''));
          }

          @Override
          public void onConnection(boolean connected) {}
        });
    time.await(other.subscribe(new BusSubscription.Prefix("ws:")));
  }

  private void publish(String channel, String payload) {
    publish(channel, Person.json(payload).getBytes(StandardCharsets.UTF_8));
  }

  private void publish(String channel, byte[] payload) {
    var unused = other.publish(channel, payload);
    time.runUntilIdle();
  }

  private DeliveryReport report(Delivery delivery) {
    DeliveryReport report = time.await(delivery.report());
    time.runUntilIdle();
    return report;
  }

  private static DeliveryReport published(long queuedHere, long otherServers) {
    return new DeliveryReport(queuedHere, 0, 0, DeliveryReport.Bus.PUBLISHED, otherServers);
  }

  @Test
  void reachesEverybodyOnceOnEveryServer() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");

    assertThat(report(east.server().everyone().send("m", 1))).isEqualTo(published(1, 1));
    assertThat(ann.hears()).containsExactly("{'event':'m','data':1}");
    assertThat(bob.hears()).containsExactly("{'event':'m','data':1}");
  }

  @Test
  void reachesRoomsUsersAndClientsOnEveryServer() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    time.await(east.server().client(ann.id()).join("room"));
    time.await(west.server().client(bob.id()).join("room"));
    Person secondAnn = west.login("ann");

    report(east.server().room("room").send("to room"));
    report(east.server().user("ann").send("to user"));
    report(east.server().client(bob.id()).send("to client"));
    assertThat(ann.hears()).containsExactly("{'event':'to room'}", "{'event':'to user'}");
    assertThat(bob.hears()).containsExactly("{'event':'to room'}", "{'event':'to client'}");
    assertThat(secondAnn.hears()).containsExactly("{'event':'to user'}");
  }

  @Test
  void reachesAClientOfAnotherServerByItsOwnRoom() {
    Person bob = west.login("bob");

    report(east.server().room(bob.id()).send("by room"));
    report(east.server().named(bob.id()).send("by name"));
    assertThat(bob.hears()).containsExactly("{'event':'by room'}", "{'event':'by name'}");
  }

  @Test
  void writesWhatTheReferenceReads() {
    overhear();
    Person ann = east.login("ann");
    String id = east.server().serverId();
    east.server().everyone().except("x").send("m", List.of(1));
    east.server().room("r").send("m");
    east.server().user("u").send("m", null);
    east.server().client("c").send("m", "t");
    east.server().named("n").send("m");
    east.server().named(ann.id()).send("here alone");
    east.server().client(ann.id()).send("here alone");
    east.server().everyone().here().send("here alone");
    time.runUntilIdle();

    assertThat(overheard)
        .containsExactly(
            "ws:broadcast {'serverId':'%s','type':'broadcast','event':'m','data':[1],'exclude':['x']}"
                .formatted(id),
            "ws:room:r {'serverId':'%s','type':'room','target':'r','event':'m'}".formatted(id),
            "ws:user:u {'serverId':'%s','type':'user','target':'u','event':'m','data':null}"
                .formatted(id),
            "ws:client:c {'serverId':'%s','type':'client','target':'c','event':'m','data':'t'}"
                .formatted(id),
            "ws:room:n {'serverId':'%s','type':'room','target':'n','event':'m'}".formatted(id));
  }

  @Test
  void excludesClientsOfEveryServer() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    Person eve = west.login("eve");
    report(east.server().everyone().except(ann.id(), eve.id()).send("m"));

    assertThat(ann.hears()).isEmpty();
    assertThat(bob.hears()).hasSize(1);
    assertThat(eve.hears()).isEmpty();
  }

  @Test
  void staysHereWhereThatIsAsked() {
    Person bob = west.login("bob");

    assertThat(report(east.server().everyone().here().send("m")).bus())
        .isEqualTo(DeliveryReport.Bus.NOT_USED);
    assertThat(bob.hears()).isEmpty();
  }

  @Test
  void keepsTheOrderAcrossAllFourKinds() {
    Person bob = west.login("bob");
    for (int i = 0; i < 100; i++) {
      switch (i % 4) {
        case 0 -> east.server().everyone().send("m", i);
        case 1 -> east.server().room("ws-default").send("m", i);
        case 2 -> east.server().user("bob").send("m", i);
        default -> east.server().client(bob.id()).send("m", i);
      }
    }
    time.runUntilIdle();

    assertThat(bob.hears())
        .containsExactlyElementsOf(
            IntStream.range(0, 100).mapToObj(i -> "{'event':'m','data':" + i + "}").toList());
  }

  @Test
  void dropsUnparsedWhatConcernsNobodyHere() {
    overhear();
    publish("ws:room:nobody", "not even JSON");
    publish("ws:client:nobody", "not even JSON");
    publish("ws:user:nobody", "not even JSON");
    publish("ws:broadcast", "not even JSON");

    assertThat(west.count(Signal.BUS_RECEIVED)).isEqualTo(4);
    assertThat(west.count(Signal.BUS_IRRELEVANT)).isEqualTo(4);
    assertThat(west.count(Signal.BUS_MALFORMED)).isZero();
  }

  static Stream<String> malformed() {
    return Stream.of(
        "ws:broadcast|",
        "ws:broadcast|nonsense",
        "ws:broadcast|[]",
        "ws:broadcast|{}",
        "ws:broadcast|{'type':'broadcast','event':'m'}",
        "ws:broadcast|{'serverId':'s','event':'m'}",
        "ws:broadcast|{'serverId':'s','type':'broadcast'}",
        "ws:broadcast|{'serverId':'s','type':'broadcast','event':''}",
        "ws:broadcast|{'serverId':5,'type':'broadcast','event':'m'}",
        "ws:broadcast|{'serverId':'s','type':'nonsense','event':'m'}",
        "ws:broadcast|{'serverId':'s','type':'room','target':'ws-default','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'room','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'room','target':5,'event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'room','target':'another','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'user','target':'ws-default','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'broadcast','event':'m'}",
        "ws:user:bob|{'serverId':'s','type':'client','target':'bob','event':'m'}",
        "ws:control|{'serverId':'s','type':'nonsense','target':'broadcast','event':'x'}",
        "ws:control|{'serverId':'s','type':'disconnect','event':'x'}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x'}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'x:y','event':'x','data':{'reason':'r'}}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':{'reason':5}}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':'r'}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':{'reason':'"
            + "r".repeat(124)
            + "'}}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':{'reason':"
            + "9".repeat(2_000)
            + "}}",
        "ws:control|{'serverId':'s','type':'join','target':'user:bob','event':'x','data':{'room':'ws:x'}}",
        "ws:control|{'serverId':'s','type':'leave','target':'user:bob','event':'x','data':{'room':''}}",
        "ws:control|{'serverId':'s','type':'broadcast','event':'x'}");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void countsAndDropsWhatIsNoMessageOfOurs(String row) {
    Person bob = west.login("bob");
    overhear();
    publish(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1));

    assertThat(west.count(Signal.BUS_MALFORMED)).isEqualTo(1);
    assertThat(bob.hears()).isEmpty();
    publish("ws:user:bob", "{'serverId':'s','type':'user','target':'bob','event':'good'}");
    assertThat(bob.hears()).containsExactly("{'event':'good'}");
    assertThat(bob.closed()).isEmpty();
  }

  @Test
  void dropsBytesThatAreNoUtf8() {
    Person bob = west.login("bob");
    overhear();
    byte[] bytes =
        Person.json("{'serverId':'s','type':'broadcast','event':'m','data':'?'}")
            .getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xFF;
    publish("ws:broadcast", bytes);

    assertThat(west.count(Signal.BUS_MALFORMED)).isEqualTo(1);
    assertThat(bob.hears()).isEmpty();
  }

  @Test
  void readsWhatTheReferenceWrites() {
    Person bob = west.login("bob");
    overhear();
    publish(
        "ws:broadcast",
        "{'serverId':'r','type':'broadcast','event':'m','data':{'b' : 1.0},'exclude':null,'x':1}");
    publish(
        "ws:broadcast",
        "{'serverId':'r','type':'broadcast','event':'m','exclude':[5,null,'" + bob.id() + "']}");
    publish("ws:user:bob", "{'serverId':'r','type':'user','target':'bob','event':'m'}");

    assertThat(bob.hears()).containsExactly("{'event':'m','data':{'b' : 1.0}}", "{'event':'m'}");
  }

  @Test
  void ignoresTheCanariesOfOthers() {
    west.login("bob");
    overhear();
    publish("ws:control", "{'serverId':'s','type':'canary','event':'canary','data':{'n':1}}");

    assertThat(west.count(Signal.BUS_MALFORMED)).isZero();
  }

  @Test
  void hearsAnEmitter() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    Emitter emitter = Emitter.on(other, dev.roomcast.jackson.JacksonCodec.create());
    emitter.start();
    DeliveryReport report = time.await(emitter.broadcast("all", 1));
    time.await(emitter.toClient(ann.id(), "client", 2));
    time.await(emitter.toUser("bob", "user", 3));
    time.await(emitter.toRoom("ws-default", "room", 4, List.of(ann.id())));
    time.runUntilIdle();

    assertThat(ann.hears())
        .containsExactly("{'event':'all','data':1}", "{'event':'client','data':2}");
    assertThat(bob.hears())
        .containsExactly(
            "{'event':'all','data':1}", "{'event':'user','data':3}", "{'event':'room','data':4}");
    assertThat(report).isEqualTo(published(0, 2));
    emitter.close();
  }

  @Test
  void disconnectsOnOtherServers() {
    Person bob = west.login("bob");
    Person eve = west.login("eve");
    east.server().client(bob.id()).disconnect("thrown out");
    east.server().everyone().except(eve.id()).disconnect();
    time.runUntilIdle();

    assertThat(bob.closed()).contains(new CloseStatus(4007, "thrown out"));
    assertThat(eve.closed()).isEmpty();
    east.server().room("ws-default").here().disconnect();
    time.runUntilIdle();
    assertThat(eve.closed()).isEmpty();
  }

  @Test
  void joinsAndLeavesOnOtherServers() {
    Person bob = west.login("bob");
    Person eve = west.login("eve");
    assertThat(time.await(east.server().user("bob").join("team"))).isFalse();
    east.server().room("team").send("after the join");
    var unused = east.server().room("team").leave("team");
    east.server().room("team").send("after the leave");
    time.runUntilIdle();

    assertThat(bob.hears()).containsExactly("{'event':'after the join'}");
    assertThat(eve.hears()).isEmpty();
    assertThat(west.server().rooms()).doesNotContain("team");
  }

  @Test
  void reportsThatTheBusDidNotTakeIt() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    eastBus.refusePublishes(true);
    DeliveryReport report = report(east.server().everyone().send("m"));

    assertThat(report).isEqualTo(new DeliveryReport(1, 0, 0, DeliveryReport.Bus.FAILED, 0));
    assertThat(report.complete()).isFalse();
    assertThat(east.count(Signal.BUS_PUBLISH_FAILED)).isEqualTo(1);
    assertThat(ann.hears()).hasSize(1);
    assertThat(bob.hears()).isEmpty();
  }

  @Test
  void logsWhyTheBusDidNotTakeItAtALimitedRate() {
    eastBus.refusePublishes(true);
    east.server().everyone().send("m");
    east.server().everyone().send("m");
    time.runUntilIdle();

    assertThat(east.takeWarnings())
        .containsExactly(
            "publishing on the bus failed: told to refuse publishes (0 like it were not logged)");
  }

  @Test
  void deliversHereWhileTheBusIsGoneAndThereOnceItIsBack() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    eastBus.disconnect();
    time.runUntilIdle();
    assertThat(east.server().busConnected()).isFalse();
    Delivery delivery = east.server().everyone().send("m");
    time.runUntilIdle();
    assertThat(ann.hears()).hasSize(1);
    assertThat(bob.hears()).isEmpty();
    assertThat(delivery.report().toCompletableFuture()).isNotDone();

    eastBus.reconnect();
    time.runUntilIdle();
    assertThat(bob.hears()).hasSize(1);
    assertThat(report(delivery)).isEqualTo(published(1, 1));
    assertThat(east.server().busConnected()).isTrue();
  }

  @Test
  void reportsWhatStillWaitedForTheBusAtTheEnd() {
    east.login("ann");
    eastBus.disconnect();
    Delivery delivery = east.server().everyone().send("m");
    time.await(east.server().shutdown(), Duration.ofSeconds(10));

    assertThat(report(delivery).bus()).isEqualTo(DeliveryReport.Bus.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"app:", "ws:"})
  void usesTheConfiguredPrefix(String prefix) {
    World north = new World(time, 3);
    north.start(
        builder -> builder.bus(network.newBus()).options(options -> options.channelPrefix(prefix)));
    Person nina = north.login("nina");
    east.server().everyone().send("m");
    time.runUntilIdle();

    assertThat(nina.hears()).hasSize(prefix.equals("ws:") ? 1 : 0);
    north.end();
  }
}
