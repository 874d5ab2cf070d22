package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.bus.InMemoryBus;
import dev.roomcast.testkit.bus.InMemoryBusNetwork;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server that subscribes to the rooms that are here, and to no others. */
final class InterestTest {
  private final VirtualTime time = VirtualTime.inOrder();
  private final InMemoryBusNetwork network = InMemoryBusNetwork.on(time);
  private final InMemoryBus bus = network.newBus();

  @RegisterExtension final World world = new World(time, 1);
  @RegisterExtension final World other = new World(time, 2);

  @BeforeEach
  void start() {
    world.start(
        builder ->
            builder
                .bus(bus)
                .rooms((client, asked) -> asked)
                .options(options -> options.subscribeByInterest(true)));
    other.start(builder -> builder.bus(network.newBus()));
  }

  private void send(String room) {
    other.server().room(room).send("m");
    time.runUntilIdle();
  }

  @Test
  void hearsARoomWhileSomebodyIsInIt() {
    Person ann = world.login("ann");
    send("room");
    assertThat(world.count(Signal.BUS_RECEIVED)).isZero();

    ann.join("room");
    send("room");
    assertThat(ann.hears()).containsExactly("{'event':'m'}");

    ann.leave("room");
    long before = world.count(Signal.BUS_RECEIVED);
    send("room");
    assertThat(world.count(Signal.BUS_RECEIVED)).isEqualTo(before);
  }

  @Test
  void hearsDefaultRoomsAndItsOwnRoomFromAdmissionOn() {
    Person ann = world.login("ann");
    send("ws-default");
    send(ann.id());
    other.server().named(ann.id()).send("by name");
    other.server().client(ann.id()).send("by client");
    other.server().user("ann").send("by user");
    other.server().everyone().send("by all");
    time.runUntilIdle();

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'m'}",
            "{'event':'m'}",
            "{'event':'by name'}",
            "{'event':'by client'}",
            "{'event':'by user'}",
            "{'event':'by all'}");
  }

  @Test
  void missesWhatIsSentToARoomRightAfterAJoinFromAnotherServer() {
    Person ann = world.login("ann");
    other.server().user("ann").join("room");
    other.server().room("room").send("welcome");
    other.server().user("ann").send("to the user");
    time.runUntilIdle();

    assertThat(ann.hears()).containsExactly("{'event':'to the user'}");
    send("room");
    assertThat(ann.hears()).containsExactly("{'event':'m'}");
  }

  @Test
  void waitsWithConnectedForItsRoomsButNotForEver() {
    bus.disconnect();
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    assertThat(ann.hears()).isEmpty();
    assertThat(world.server().users()).isEmpty();

    world.pass(Duration.ofMillis(999));
    assertThat(ann.hears()).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(ann.hears()).hasSize(1);
    assertThat(world.count(Signal.BUS_CONFIRMATION_MISSED)).isEqualTo(1);
    bus.reconnect();
    send("ws-default");
    assertThat(ann.hears()).containsExactly("{'event':'m'}");
  }

  @Test
  void sendsConnectedAsSoonAsTheBusConfirms() {
    bus.disconnect();
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    world.pass(Duration.ofMillis(300));
    bus.reconnect();
    world.settle();

    assertThat(ann.hears()).hasSize(1);
    world.pass(Duration.ofSeconds(2));
    assertThat(ann.hears()).isEmpty();
    assertThat(world.count(Signal.BUS_CONFIRMATION_MISSED)).isZero();
  }

  @Test
  void forgetsWhoLeftWhileItWaited() {
    bus.disconnect();
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    ann.wire.close(1000);
    world.pass(Duration.ofSeconds(2));
    bus.reconnect();
    world.settle();

    assertThat(world.count(Signal.CLIENT_ADMITTED)).isZero();
    assertThat(world.server().users()).isEmpty();
    assertThat(world.server().rooms()).isEmpty();
  }

  @Test
  void waitsWithTheAnswerToAJoin() {
    Person ann = world.login("ann");
    bus.disconnect();
    ann.say("{'event':'join','data':{'rooms':['room']},'id':'j'}");
    assertThat(ann.hears()).isEmpty();
    var joined = world.server().client(ann.id()).join("another");
    world.settle();
    assertThat(joined.toCompletableFuture()).isNotDone();

    world.pass(Duration.ofSeconds(1));
    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':['room']},'id':'j'}");
    assertThat(joined.toCompletableFuture()).isCompletedWithValue(true);
  }

  @Test
  void waitsAlsoForARoomThatWasConfirmedBeforeTheConnectionWasLost() {
    Person ann = world.login("ann");
    Person bob = world.login("bob");
    ann.join("room");
    bus.disconnect();
    bob.say("{'event':'join','data':{'rooms':['room']},'id':'j'}");
    assertThat(bob.hears()).isEmpty();

    bus.reconnect();
    world.settle();
    assertThat(bob.hears()).containsExactly("{'event':'join','data':{'rooms':['room']},'id':'j'}");
    send("room");
    assertThat(bob.hears()).containsExactly("{'event':'m'}");
    assertThat(world.count(Signal.BUS_CONFIRMATION_MISSED)).isZero();
  }

  @Test
  void countsAJoinThatWasAnsweredBeforeTheBusHeardAgain() {
    Person ann = world.login("ann");
    Person bob = world.login("bob");
    ann.join("room");
    bus.disconnect();
    bob.say("{'event':'join','data':{'rooms':['room']},'id':'j'}");
    world.pass(Duration.ofSeconds(1));

    assertThat(bob.hears()).hasSize(1);
    assertThat(world.count(Signal.BUS_CONFIRMATION_MISSED)).isEqualTo(1);
  }

  @Test
  void deliversHereWhileTheAnswerToAJoinWaits() {
    Person ann = world.login("ann");
    bus.disconnect();
    ann.say("{'event':'join','data':{'rooms':['room']},'id':'j'}");
    world.server().room("room").here().send("local");
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'local'}");
  }

  @Test
  void completesAJoinThoughTheServerEndsInBetween() {
    Person ann = world.login("ann");
    bus.disconnect();
    var joined = world.server().client(ann.id()).join("room");
    time.await(world.server().shutdown(), Duration.ofSeconds(10));
    world.settle();

    assertThat(joined.toCompletableFuture()).isDone();
  }

  @Test
  void hearsAClientsOwnRoomThoughAnotherLeftARoomOfThatName() {
    Person ann = world.login("ann");
    Person bob = world.login("bob");
    time.await(world.server().client(bob.id()).join(ann.id()));
    time.await(world.server().client(bob.id()).leave(ann.id()));
    world.settle();
    send(ann.id());

    assertThat(ann.hears()).containsExactly("{'event':'m'}");
    assertThat(bob.hears()).isEmpty();
  }

  @Test
  void hearsARoomNamedLikeAClientThoughThatClientLeft() {
    Person ann = world.login("ann");
    Person bob = world.login("bob");
    time.await(world.server().client(bob.id()).join(ann.id()));
    ann.wire.close(1000);
    world.settle();
    send(ann.id());

    assertThat(bob.hears()).containsExactly("{'event':'m'}");
  }

  @Test
  void countsOtherServersAloneInItsReports() {
    world.login("ann");
    other.login("bob");
    DeliveryReport here = time.await(world.server().room("ws-default").send("m").report());
    DeliveryReport elsewhere = time.await(world.server().room("nobody is here").send("m").report());

    assertThat(here.servers()).isEqualTo(1);
    assertThat(elsewhere.servers()).isEqualTo(1);
  }
}
