package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one server sends and does reaches the clients of the other: the protocol, section 2. */
final class BusRoutingTest extends BusFixture {

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
  void logsWhatAFullInboxRefusesOfWhatTheBusDelivers() {
    World full = new World(time, 3);
    full.start(
        builder -> builder.bus(network.newBus()).options(options -> options.inboxBytes(1_024)));
    Person bob = full.login("bob");
    report(east.server().everyone().send("m", "x".repeat(1_024)));

    assertThat(bob.hears()).isEmpty();
    assertThat(full.count(Signal.PUBLISH_REJECTED)).isEqualTo(1);
    assertThat(full.takeWarnings()).hasSize(1).first().asString().contains("its inbox is full");
    full.end();
  }

  @Test
  void disconnectsOnOtherServers() {
    Person bob = west.login("bob");
    Person eve = west.login("eve");
    Delivery toBob = east.server().client(bob.id()).disconnect("thrown out");
    assertThat(report(toBob)).isEqualTo(published(0, 1));
    assertThat(report(east.server().everyone().except(eve.id()).disconnect()))
        .isEqualTo(published(0, 1));

    assertThat(bob.closed()).contains(new CloseStatus(4007, "thrown out"));
    assertThat(eve.closed()).isEmpty();
    east.server().room("ws-default").here().disconnect();
    time.runUntilIdle();
    assertThat(eve.closed()).isEmpty();
  }

  @Test
  void joinsOnOtherServersBeforeWhatIsSentNext() {
    Person bob = west.login("bob");
    east.server().user("bob").join("room");
    east.server().room("room").send("welcome");
    time.runUntilIdle();

    assertThat(bob.hears()).containsExactly("{'event':'welcome'}");
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
