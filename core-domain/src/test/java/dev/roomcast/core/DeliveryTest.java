package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.core.World.Login;
import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol's section 1.8 on one server. */
final class DeliveryTest {
  @RegisterExtension final World world = new World();

  private DeliveryReport report(Delivery delivery) {
    DeliveryReport report = world.await(delivery.report());
    world.settle();
    return report;
  }

  private static DeliveryReport queued(long clients) {
    return new DeliveryReport(clients, 0, 0, DeliveryReport.Bus.NOT_USED, 0);
  }

  @Test
  void reachesOneClient() {
    world.start();
    Person ann = world.login("ann");
    Person bob = world.login("bob");

    assertThat(report(world.server().client(ann.id()).send("hi", 1))).isEqualTo(queued(1));
    assertThat(ann.hears()).containsExactly("{'event':'hi','data':1}");
    assertThat(bob.hears()).isEmpty();
  }

  @Test
  void reachesTheMembersOfARoomOnEveryLoop() {
    world.start();
    List<Person> members =
        List.of(world.loginOn(0, "a"), world.loginOn(0, "b"), world.loginOn(1, "c"));
    Person other = world.loginOn(1, "d");
    members.forEach(member -> world.await(world.server().client(member.id()).join("room")));

    assertThat(report(world.server().room("room").send("hi", 1))).isEqualTo(queued(3));
    members.forEach(
        member -> assertThat(member.hears()).containsExactly("{'event':'hi','data':1}"));
    assertThat(other.hears()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_QUEUED)).isEqualTo(3);
  }

  @Test
  void reachesEverybodyButTheExcluded() {
    world.start();
    Person ann = world.loginOn(0, "ann");
    Person bob = world.loginOn(1, "bob");
    Person eve = world.loginOn(0, "eve");

    var audience = world.server().everyone().except(eve.id(), "nobody").except(bob.id());
    assertThat(report(audience.send("hi"))).isEqualTo(queued(1));
    assertThat(ann.hears()).containsExactly("{'event':'hi'}");
    assertThat(bob.hears()).isEmpty();
    assertThat(eve.hears()).isEmpty();
  }

  @Test
  void excludesInEveryAudience() {
    world.start();
    Person ann = world.login("ann");

    for (var audience :
        List.of(
            world.server().client(ann.id()),
            world.server().user("ann"),
            world.server().room("ws-default"),
            world.server().room(ann.id()),
            world.server().named(ann.id()))) {
      assertThat(report(audience.except(ann.id()).send("hi"))).isEqualTo(queued(0));
    }
    assertThat(ann.hears()).isEmpty();
  }

  @Test
  void takesANameForAClientWhereOneBearsItAndForARoomOtherwise() {
    world.start();
    Person ann = world.login("ann");

    report(world.server().named(ann.id()).send("as client"));
    report(world.server().named("ws-default").send("as room"));
    assertThat(ann.hears()).containsExactly("{'event':'as client'}", "{'event':'as room'}");
    assertThatIllegalArgumentException().isThrownBy(() -> world.server().named("ws:x"));
  }

  @Test
  void reachesNobodyWhereNobodyIs() {
    world.start();

    assertThat(report(world.server().client("nobody").send("hi"))).isEqualTo(queued(0));
    assertThat(report(world.server().user("nobody").send("hi"))).isEqualTo(queued(0));
    assertThat(report(world.server().room("nowhere").send("hi"))).isEqualTo(queued(0));
    assertThat(report(world.server().everyone().send("hi"))).isEqualTo(queued(0));
    assertThat(report(world.server().everyone().send("hi")).complete()).isTrue();
  }

  @Test
  void tellsNoDataFromNull() {
    world.start();
    Person ann = world.login("ann");
    report(world.server().everyone().send("none"));
    report(world.server().everyone().send("null", null));
    report(world.server().everyone().send("json", Json.EMPTY_OBJECT));
    report(world.server().everyone().send("object", Map.of("text", "zoë \" \u0001")));

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'none'}",
            "{'event':'null','data':null}",
            "{'event':'json','data':{}}",
            "{'event':'object','data':{'text':'zoë \\' \\u0001'}}");
  }

  @Test
  void refusesWhatCannotBeSent() {
    world.start();
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> world.server().everyone().send(""))
        .withMessageContaining("event");
    assertThatExceptionOfType(JsonBindingException.class)
        .isThrownBy(() -> world.server().everyone().send("x", cyclic));
  }

  @Test
  void refusesToSendBeforeTheStart() {
    RoomServer<String> server = world.builder().build();

    assertThatIllegalStateException()
        .isThrownBy(() -> server.everyone().send("x"))
        .withMessageContaining("not started");
    world.await(server.shutdown());
  }

  @Test
  void reportsLoopsWhoseInboxIsFull() {
    world.start(builder -> builder.options(options -> options.inboxBytes(1_500)));
    Person ann = world.loginOn(0, "ann");
    Person bob = world.loginOn(1, "bob");
    String large = "x".repeat(900);
    Delivery first = world.server().everyone().send("first", large);
    Delivery second = world.server().everyone().send("second", large);
    Delivery third = world.server().client(ann.id()).send("third", large);

    assertThat(report(first)).isEqualTo(queued(2));
    assertThat(report(second))
        .isEqualTo(new DeliveryReport(0, 0, 2, DeliveryReport.Bus.NOT_USED, 0));
    assertThat(report(third).rejectedLoops()).isEqualTo(1);
    assertThat(report(second).complete()).isFalse();
    assertThat(world.count(Signal.PUBLISH_REJECTED)).isEqualTo(3);
    assertThat(ann.hears()).hasSize(1);
    assertThat(bob.hears()).hasSize(1);
    assertThat(report(world.server().everyone().send("fourth", large))).isEqualTo(queued(2));
  }

  @Test
  void logsAFullInboxAtALimitedRate() {
    world.start(builder -> builder.options(options -> options.inboxBytes(1_500)));
    Person ann = world.login("ann");
    for (int i = 0; i < 4; i++) {
      world.server().client(ann.id()).send("m", "x".repeat(900));
    }
    world.settle();

    assertThat(world.takeWarnings())
        .containsExactly(
            "the clients of an event loop do not get a message: its inbox is full, or it has closed"
                + " (0 like it were not logged)");
  }

  @Test
  void countsWhatASmallMessageHoldsBesidesItsBytes() {
    world.start(builder -> builder.options(options -> options.inboxBytes(1_024)));
    Person ann = world.login("ann");
    for (int i = 0; i < 100; i++) {
      world.server().client(ann.id()).send("x");
    }
    world.settle();

    assertThat(ann.hears()).hasSize(3);
    assertThat(world.count(Signal.PUBLISH_REJECTED)).isEqualTo(97);
  }

  @Test
  void disconnectsAfterWhatWasSentBefore() {
    world.start();
    Person ann = world.login("ann");
    world.server().client(ann.id()).send("first");
    world.server().user("ann").disconnect("signed out");
    world.server().client(ann.id()).send("too late");
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'first'}");
    assertThat(ann.closed().orElseThrow().code()).isEqualTo(4007);
    assertThat(ann.closed().orElseThrow().reason()).isEqualTo("signed out");
  }

  @Test
  void reportsHowManyWereDisconnected() {
    world.start();
    world.loginOn(0, "ann");
    world.loginOn(1, "ann");
    world.login("bob");

    assertThat(report(world.server().user("ann").disconnect())).isEqualTo(queued(2));
    assertThat(report(world.server().user("ann").disconnect())).isEqualTo(queued(0));
  }

  @Test
  void showsTheConnectedHookWhoWasDisconnectedTooEarly() {
    Set<String> banned = new HashSet<>();
    world.start(
        builder ->
            builder
                .authenticator(
                    Login.class,
                    (login, request) -> {
                      boolean out = banned.contains(login.user());
                      world.time.hooks().pause(Duration.ofSeconds(1));
                      return out ? Optional.empty() : World.authenticate(login);
                    })
                .onConnected(
                    client -> {
                      if (banned.contains(client.userId().orElseThrow())) {
                        world.server().client(client.id()).disconnect("banned");
                      }
                    }));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    banned.add("ann");
    assertThat(report(world.server().user("ann").disconnect("banned"))).isEqualTo(queued(0));
    world.pass(Duration.ofSeconds(2));

    assertThat(ann.closed()).contains(new CloseStatus(4007, "banned"));
  }

  @Test
  void disconnectsWithAReasonOfItsOwn() {
    world.start();
    Person ann = world.login("ann");
    Person bob = world.login("bob");
    world.server().everyone().except(bob.id()).disconnect();
    world.settle();

    assertThat(ann.closed().orElseThrow().reason()).isEqualTo("Disconnected");
    assertThat(bob.closed()).isEmpty();
  }

  @Test
  void refusesAReasonThatIsTooLong() {
    world.start();
    Person ann = world.login("ann");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> world.server().client(ann.id()).disconnect("é".repeat(62)))
        .withMessageContainingAll("124", "123");
    world.settle();
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void countsWhatWasQueuedAndLostWithTheConnection() {
    world.start();
    Person ann = world.login("ann");
    ann.wire.block();
    for (int i = 0; i < 3; i++) {
      report(world.server().client(ann.id()).send("lost"));
    }
    ann.wire.vanish();
    world.settle();

    assertThat(world.count(Signal.MESSAGE_DROPPED_CLOSED)).isEqualTo(3);
  }
}
