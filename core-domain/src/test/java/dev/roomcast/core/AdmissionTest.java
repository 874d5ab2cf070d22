package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.World.Login;
import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.audience.DeliveryReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The protocol's section 1.1: admission is one step, and nothing but errors comes before it. */
final class AdmissionTest {
  private static final String FIRST_CLIENT = "00000000-0000-4000-8000-000000000002";

  @RegisterExtension final World world = new World();

  @Test
  void deliversNothingToWhoIsNotAdmitted() {
    startWithAuthenticatorThatTakes(Duration.ofSeconds(1));
    Person ann = world.connect();

    List<DeliveryReport> reports = new ArrayList<>(sendEveryWay());
    ann.say("{'event':'authenticate','data':{'user':'ann'}}");
    reports.addAll(sendEveryWay());

    assertThat(ann.hears()).isEmpty();
    assertThat(reports)
        .hasSize(10)
        .containsOnly(new DeliveryReport(0, 0, 0, DeliveryReport.Bus.NOT_USED, 0));
  }

  @Test
  void deliversInEveryWayOnceAdmitted() {
    world.start();
    Person ann = world.login("ann");
    assertThat(ann.id()).isEqualTo(FIRST_CLIENT);

    assertThat(sendEveryWay())
        .containsOnly(new DeliveryReport(1, 0, 0, DeliveryReport.Bus.NOT_USED, 0));
    assertThat(ann.hears())
        .containsExactly(
            "{'event':'by client'}",
            "{'event':'by own room'}",
            "{'event':'by user'}",
            "{'event':'by room'}",
            "{'event':'by everyone'}");
  }

  private List<DeliveryReport> sendEveryWay() {
    RoomServer<String> server = world.server();
    return List.of(
        report(server.client(FIRST_CLIENT).send("by client")),
        report(server.room(FIRST_CLIENT).send("by own room")),
        report(server.user("ann").send("by user")),
        report(server.room("ws-default").send("by room")),
        report(server.everyone().send("by everyone")));
  }

  private DeliveryReport report(Delivery delivery) {
    DeliveryReport report = world.await(delivery.report());
    world.settle();
    return report;
  }

  @Test
  void neitherJoinsNorLeavesNorDisconnectsWhoIsNotAdmitted() {
    world.start();
    Person somebody = world.connect();

    assertThat(world.await(world.server().client(FIRST_CLIENT).join("lobby"))).isFalse();
    assertThat(world.await(world.server().client(FIRST_CLIENT).leave("lobby"))).isFalse();
    world.server().client(FIRST_CLIENT).disconnect();
    world.settle();

    assertThat(somebody.closed()).isEmpty();
    assertThat(world.server().rooms()).isEmpty();
    assertThat(world.server().client(FIRST_CLIENT).clients()).isEmpty();
  }

  @Test
  void sendsConnectedBeforeWhatTheConnectedHookSends() {
    world.start(
        builder ->
            builder.onConnected(client -> world.server().client(client.id()).send("welcome")));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");

    assertThat(ann.hears())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("{'event':'connected'"),
            second -> assertThat(second).isEqualTo("{'event':'welcome'}"));
  }

  @Test
  void handlesNoMessageBeforeTheConnectedHookReturned() {
    List<String> log = new ArrayList<>();
    world.start(
        builder ->
            builder
                .onConnected(
                    client -> {
                      world.time.hooks().pause(Duration.ofSeconds(1));
                      log.add("connected hook");
                    })
                .onMessage(
                    (call, data) -> {
                      log.add(call.event());
                      return null;
                    }));
    Person ann = world.login("ann").say("{'event':'chat'}");
    assertThat(log).isEmpty();

    world.pass(Duration.ofSeconds(1));
    assertThat(log).containsExactly("connected hook", "chat");
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void joinsTheRoomsThatAreConfigured() {
    world.start(
        builder -> builder.options(options -> options.defaultRooms(List.of("lobby", "lobby"))));
    Person ann = world.login("ann");

    assertThat(world.server().rooms()).containsExactly("lobby");
    assertThat(world.server().find(ann.id()).orElseThrow().rooms())
        .isEqualTo(Set.of("lobby", ann.id()));
  }

  @Test
  void indexesAUserWithEverySession() {
    world.start();
    Person first = world.loginOn(0, "ann");
    Person second = world.loginOn(1, "ann");
    Person bob = world.loginOn(0, "bob");

    world.server().user("ann").send("for ann");
    world.settle();
    assertThat(first.hears()).containsExactly("{'event':'for ann'}");
    assertThat(second.hears()).containsExactly("{'event':'for ann'}");
    assertThat(bob.hears()).isEmpty();
    assertThat(world.server().users()).containsExactlyInAnyOrder("ann", "bob");

    first.wire.close(1000);
    world.settle();
    assertThat(world.server().users()).containsExactlyInAnyOrder("ann", "bob");
    second.wire.vanish();
    world.settle();
    assertThat(world.server().users()).containsExactly("bob");
  }

  @Test
  void isOverTheMomentTheCloseIsQueued() {
    world.start();
    Person ann = world.login("ann");
    ann.wire.ignoreCloses();

    world.server().client(ann.id()).disconnect();
    world.settle();

    assertThat(world.server().find(ann.id())).isEmpty();
    assertThat(world.server().users()).isEmpty();
    assertThat(world.server().rooms()).isEmpty();
    assertThat(world.goodbyes).hasSize(1);
    assertThat(world.server().connections()).isEqualTo(1);
  }

  private void startWithAuthenticatorThatTakes(Duration time) {
    world.start(
        builder ->
            builder.authenticator(
                Login.class,
                (login, request) -> {
                  world.time.hooks().pause(time);
                  return World.authenticate(login);
                }));
  }
}
