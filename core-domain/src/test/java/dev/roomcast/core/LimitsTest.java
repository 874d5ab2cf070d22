package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.World.Login;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one server, address, user or client may use. */
final class LimitsTest {
  @RegisterExtension final World world = new World();

  private void startWith(Consumer<OptionsBuilder> options) {
    world.start(builder -> builder.options(options));
  }

  private SimulatedClient attempt(Map<String, List<String>> headers) {
    SimulatedClient client = world.transport.connect("/ws", headers);
    world.settle();
    return client;
  }

  private int statusOf(SimulatedClient client) {
    return client.rejection().map(Verdict.Reject::status).orElse(101);
  }

  @Test
  void letsInSoManyThatAreNotAuthenticated() {
    startWith(options -> options.maxUnauthenticated(2));
    Person ann = world.connect();
    Person bob = world.connect();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(503);
    assertThat(world.count(Signal.CONNECTION_REFUSED)).isEqualTo(1);

    ann.login("ann");
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(503);

    bob.wire.close(1000);
    world.settle();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
    assertThat(world.server().unauthenticatedConnections()).isEqualTo(2);
    assertThat(world.server().connections()).isEqualTo(3);
  }

  @Test
  void letsInSoManyThatAreNotAuthenticatedOfOneAddress() {
    startWith(options -> options.maxUnauthenticatedPerAddress(1));
    Person ann = world.connect();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(503);

    ann.login("ann");
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
  }

  @Test
  void forgetsAnAddressWhoseClientTimedOut() {
    startWith(options -> options.maxUnauthenticatedPerAddress(1));
    Person late = world.connect();
    world.pass(Duration.ofSeconds(5));

    assertThat(late.closed()).isPresent();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
  }

  private CompletableFuture<Void> startWithAnAuthenticatorThatWaits(
      Consumer<OptionsBuilder> options) {
    CompletableFuture<Void> door = new CompletableFuture<>();
    world.start(
        builder ->
            builder
                .options(options)
                .authenticator(
                    Login.class,
                    (login, request) -> {
                      world.time.hooks().await(door);
                      return World.authenticate(login);
                    }));
    return door;
  }

  @Test
  void keepsThePlaceOfWhoLeftUntilItsAuthenticatorReturns() {
    CompletableFuture<Void> door =
        startWithAnAuthenticatorThatWaits(options -> options.maxUnauthenticated(1));
    Person gone = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    gone.wire.close(1000);
    world.settle();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(503);
    assertThat(world.server().unauthenticatedConnections()).isZero();

    door.complete(null);
    world.settle();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(503);
  }

  @Test
  void keepsThePlaceOfWhoTimedOutForItsAddress() {
    CompletableFuture<Void> door =
        startWithAnAuthenticatorThatWaits(options -> options.maxUnauthenticatedPerAddress(1));
    Person late = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    world.pass(Duration.ofMinutes(1));
    assertThat(late.closed()).isPresent();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(503);

    door.complete(null);
    world.settle();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
  }

  @Test
  void letsInSoManyConnectionsInAll() {
    startWith(options -> options.maxConnections(2));
    Person ann = world.login("ann");
    Person bob = world.login("bob");
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(503);

    ann.wire.close(1000);
    world.settle();
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
    assertThat(bob.closed()).isEmpty();
  }

  @Test
  void admitsSoManySessionsOfAUser() {
    startWith(options -> options.maxSessionsPerUser(2));
    Person first = world.loginOn(0, "ann");
    Person second = world.loginOn(1, "ann");
    Person third = world.connect().say("{'event':'authenticate','data':{'user':'ann'},'id':'x'}");

    assertThat(third.hears())
        .containsExactly("{'event':'error','data':{'message':'Too many sessions'},'id':'x'}");
    assertThat(third.closed()).contains(new CloseStatus(4003, "Authentication failed"));
    assertThat(world.count(Signal.SESSION_REFUSED)).isEqualTo(1);
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isZero();
    world.login("bob");

    first.wire.close(1000);
    world.settle();
    world.login("ann");
    assertThat(second.closed()).isEmpty();
    assertThat(world.server().user("ann").clients()).hasSize(2);
  }

  @Test
  void countsNoSessionOfAnybodyWhoIsAnonymous() {
    startWith(options -> options.maxSessionsPerUser(1));
    for (int i = 0; i < 3; i++) {
      world.connect().say("{'event':'authenticate'}").admitted();
    }

    assertThat(world.server().users()).isEmpty();
  }

  @Test
  void closesWhoSendsMoreThanTheRate() {
    List<String> handled = new ArrayList<>();
    world.start(
        builder ->
            builder
                .options(options -> options.messageRate(2, 3))
                .onMessage(
                    (call, json) -> {
                      handled.add(json.toString());
                      return null;
                    }));
    Person ann = world.login("ann"); // one of the five
    for (int i = 0; i < 4; i++) {
      ann.say("{'event':'x','data':" + i + "}");
    }
    assertThat(ann.closed()).isEmpty();
    ann.tell("{'event':'x','data':4}").say("{'event':'x','data':5}");

    assertThat(ann.closed()).contains(new CloseStatus(4006, "Rate limited"));
    assertThat(world.count(Signal.RATE_LIMITED)).isEqualTo(1);
    assertThat(handled).containsExactly("0", "1", "2", "3");
  }

  @Test
  void sparesWhoKeepsToTheRate() {
    startWith(options -> options.messageRate(2, 1));
    Person ann = world.login("ann");
    for (int i = 0; i < 50; i++) {
      world.pass(Duration.ofMillis(500));
      ann.say("{'event':'heartbeat'}");
    }

    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void sparesWhoKeptToTheRateWhileReadingPaused() {
    CompletableFuture<Void> door = new CompletableFuture<>();
    List<String> handled = new ArrayList<>();
    world.start(
        builder ->
            builder
                .options(options -> options.messageRate(2, 1).mailbox(4, 10_000))
                .onMessage(
                    (call, json) -> {
                      world.time.hooks().await(door);
                      handled.add(json.toString());
                      return null;
                    }));
    Person ann = world.login("ann");
    for (int i = 0; i < 50; i++) {
      world.pass(Duration.ofMillis(500));
      ann.tell("{'event':'x','data':" + i + "}");
    }
    world.settle();
    assertThat(handled).isEmpty();
    door.complete(null);
    world.settle();

    assertThat(ann.closed()).isEmpty();
    assertThat(handled).hasSize(50);
    for (int i = 0; i < 4; i++) {
      ann.tell("{'event':'x','data':1}");
    }
    world.settle();
    assertThat(ann.closed()).as("of what was excused nothing is left").isPresent();
  }

  @Test
  void closesWhoFloodsBeforeAuthenticating() {
    startWith(options -> options.messageRate(10, 10));
    Person flood = world.connect();
    for (int i = 0; i < 30; i++) {
      flood.tell("nonsense");
    }
    world.settle();

    assertThat(flood.hears()).hasSize(20);
    assertThat(flood.closed()).contains(new CloseStatus(4006, "Rate limited"));
    assertThat(world.goodbyes.getFirst().cause().admitted()).isFalse();
  }

  @Test
  void refusesOtherOrigins() {
    startWith(options -> options.allowedOrigins(List.of("https://app.example")));

    assertThat(statusOf(attempt(Map.of("Origin", List.of("https://evil.example"))))).isEqualTo(403);
    assertThat(statusOf(attempt(Map.of("Origin", List.of("null"))))).isEqualTo(403);
    assertThat(statusOf(attempt(Map.of("Origin", List.of("https://app.example.evil")))))
        .isEqualTo(403);
    assertThat(statusOf(attempt(Map.of("origin", List.of("HTTPS://App.Example"))))).isEqualTo(101);
    assertThat(statusOf(attempt(Map.of()))).isEqualTo(101);
    assertThat(world.count(Signal.CONNECTION_REFUSED)).isEqualTo(3);
  }

  @Test
  void allowsEveryOriginByDefault() {
    world.start();

    assertThat(statusOf(attempt(Map.of("Origin", List.of("https://any.example"))))).isEqualTo(101);
  }

  @Test
  void agreesOnTheSubprotocolThatTheClientLikesBest() {
    List<String> agreed = new ArrayList<>();
    world.start(
        builder ->
            builder
                .options(options -> options.subprotocols(List.of("v1", "v2")))
                .authenticator(
                    Login.class,
                    (login, request) -> {
                      agreed.add(String.valueOf(request.handshake().subprotocol()));
                      return World.authenticate(login);
                    }));
    for (String offered : List.of("v2, v1", "v3, v1", "v3", "V1")) {
      SimulatedClient client = attempt(Map.of("Sec-WebSocket-Protocol", List.of(offered)));
      client.send("{\"event\":\"authenticate\"}");
      world.settle();
    }

    assertThat(agreed).containsExactly("v2", "v1", "null", "null");
  }
}
