package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.World.Login;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.ClientState;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's section 1.3, but for renewals. */
final class AuthenticationTest {
  private static final CloseStatus FAILED = new CloseStatus(4003, "Authentication failed");
  private static final CloseStatus TOO_LATE = new CloseStatus(4001, "Authentication timeout");

  @RegisterExtension final World world = new World();

  @Test
  void tellsAUserThatItIsConnected() {
    world.start();
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'connected','data':{'id':'00000000-0000-4000-8000-000000000002',"
                + "'userId':'ann','time':'2026-01-31T12:00:00.000Z'}}");
    assertThat(world.count(Signal.CLIENT_ADMITTED)).isEqualTo(1);
  }

  @Test
  void tellsTheTimeWithThreeDigitsOfMilliseconds() {
    world.start();
    world.pass(Duration.ofMillis(1_007));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");

    assertThat(ann.hears().getFirst()).contains("'time':'2026-01-31T12:00:01.007Z'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'data':null", ",'data':{}", ",'data':{'unknown':1}"})
  void takesAbsentDataForAnEmptyObject(String data) {
    world.start();
    Person somebody = world.connect().say("{'event':'authenticate'" + data + "}");

    assertThat(somebody.hears())
        .containsExactly(
            "{'event':'connected','data':{'id':'00000000-0000-4000-8000-000000000002',"
                + "'time':'2026-01-31T12:00:00.000Z'}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "'text'", "[]", "true", "{'user':{}}", "{'user':[1]}"})
  void refusesDataThatIsNoObjectOrDoesNotBind(String data) {
    world.start();
    Person somebody = world.connect().say("{'event':'authenticate','data':" + data + "}");

    assertThat(somebody.hears())
        .containsExactly("{'event':'error','data':{'message':'Authentication failed'}}");
    assertThat(somebody.closed()).contains(FAILED);
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isEqualTo(1);
    assertThat(world.count(Signal.HOOK_FAILED)).isZero();
  }

  @Test
  void refusesWhomTheAuthenticatorRefuses() {
    world.start();
    Person bob =
        world
            .connect()
            .say("{'event':'authenticate','data':{'user':'bob','token':'bad'},'id':'r1'}");

    assertThat(bob.hears())
        .containsExactly("{'event':'error','data':{'message':'Authentication failed'},'id':'r1'}");
    assertThat(bob.closed()).contains(FAILED);
    assertThat(world.goodbyes).hasSize(1);
    assertThat(world.goodbyes.getFirst().cause())
        .isEqualTo(new Disconnection(4003, "Authentication failed", false));
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isEqualTo(1);
  }

  @Test
  void tellsNothingOfWhatAnAuthenticatorThrew() {
    world.start();
    Person bob =
        world.connect().say("{'event':'authenticate','data':{'user':'bob','token':'throws'}}");

    assertThat(bob.hears())
        .containsExactly("{'event':'error','data':{'message':'Authentication error'}}");
    assertThat(bob.closed()).contains(FAILED);
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isEqualTo(1);
  }

  @Test
  void takesAnAuthenticatorThatReturnsNullForOneThatThrew() {
    world.start(builder -> builder.authenticator(Login.class, (login, request) -> null));
    Person bob = world.connect().say("{'event':'authenticate'}");

    assertThat(bob.hears())
        .containsExactly("{'event':'error','data':{'message':'Authentication error'}}");
    assertThat(bob.closed()).contains(FAILED);
  }

  @Test
  void givesEverybodyFiveSecondsToAuthenticate() {
    world.start();
    Person late = world.connect();

    world.pass(Duration.ofMillis(4_999));
    assertThat(late.closed()).isEmpty();
    world.pass(Duration.ofMillis(1));

    assertThat(late.closed()).contains(TOO_LATE);
    assertThat(late.hears()).isEmpty();
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isEqualTo(1);
  }

  @Test
  void letsNothingButAuthenticateStopTheTimeOut() {
    world.start();
    Person late = world.connect();
    world.pass(Duration.ofSeconds(4));
    late.say("{'event':'heartbeat'}").say("{'event':'chat'}").say("nonsense");
    world.pass(Duration.ofSeconds(1));

    assertThat(late.closed()).contains(TOO_LATE);
  }

  @Test
  void givesTheAuthenticatorThreeTimesAsLong() {
    startWithAuthenticatorThatTakes(Duration.ofMillis(14_999));
    Person patient = world.connect();
    world.pass(Duration.ofSeconds(4));
    patient.say("{'event':'authenticate'}");
    world.pass(Duration.ofMillis(14_999));

    assertThat(patient.closed()).isEmpty();
    assertThat(patient.hears().getFirst()).startsWith("{'event':'connected'");
    world.pass(Duration.ofSeconds(20));
    assertThat(patient.closed()).isEmpty();
  }

  @Test
  void closesWhereTheAuthenticatorTakesLonger() {
    startWithAuthenticatorThatTakes(Duration.ofSeconds(16));
    Person patient = world.connect().say("{'event':'authenticate'}");

    world.pass(Duration.ofMillis(14_999));
    assertThat(patient.closed()).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(patient.closed()).contains(TOO_LATE);
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isEqualTo(1);

    world.pass(Duration.ofSeconds(5));
    assertThat(patient.hears()).isEmpty();
    assertThat(world.count(Signal.CLIENT_ADMITTED)).isZero();
    assertThat(world.goodbyes).hasSize(1);
  }

  @Test
  void answersAtOnceWhileTheAuthenticatorRuns() {
    startWithAuthenticatorThatTakes(Duration.ofSeconds(1));
    Person eager =
        world
            .connect()
            .say("{'event':'authenticate'}")
            .say("{'event':'authenticate','id':'a'}")
            .say("{'event':'join','data':{'rooms':['x']},'id':'b'}")
            .say("{'event':'encrypted','data':{},'id':'c'}")
            .say("{'event':'heartbeat','id':'d'}")
            .say("[]")
            .say("{'event':'chat','id':'e'}");

    assertThat(eager.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Already authenticated'},'id':'a'}",
            "{'event':'error','data':{'message':'Not authenticated'},'id':'b'}",
            "{'event':'error','data':{'message':'Not authenticated'},'id':'c'}",
            "{'event':'error','data':{'message':'Invalid message format'}}",
            "{'event':'error','data':{'message':'Not authenticated'},'id':'e'}");
    assertThat(world.count(Signal.MESSAGE_REFUSED)).isEqualTo(4);
    world.pass(Duration.ofSeconds(1));
    assertThat(eager.hears()).hasSize(1).first().asString().startsWith("{'event':'connected'");
  }

  @Test
  void refusesToAuthenticateAgainWithoutAnExpiry() {
    world.start();
    Person ann = world.login("ann").say("{'event':'authenticate','id':'again'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Already authenticated'},'id':'again'}");
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void dropsAnAnswerThatComesAfterTheClientLeft() {
    startWithAuthenticatorThatTakes(Duration.ofSeconds(2));
    Person hasty = world.connect().say("{'event':'authenticate'}");
    hasty.wire.close(1000);
    world.pass(Duration.ofSeconds(3));

    assertThat(world.count(Signal.CLIENT_ADMITTED)).isZero();
    assertThat(world.server().users()).isEmpty();
    assertThat(world.server().rooms()).isEmpty();
    assertThat(world.goodbyes).hasSize(1);
    assertThat(world.goodbyes.getFirst().cause()).isEqualTo(new Disconnection(1000, "", false));
  }

  @Test
  void runsAuthenticatorsOfSeveralClientsAtTheSameTime() {
    CompletableFuture<Void> door = new CompletableFuture<>();
    world.start(
        builder ->
            builder.authenticator(
                Login.class,
                (login, request) -> {
                  if (login.user().equals("slow")) {
                    world.time.hooks().await(door);
                  }
                  return World.authenticate(login);
                }));
    Person slow = world.connect().say("{'event':'authenticate','data':{'user':'slow'}}");
    Person quick = world.connect().say("{'event':'authenticate','data':{'user':'quick'}}");

    assertThat(slow.hears()).isEmpty();
    assertThat(quick.hears()).hasSize(1);
    door.complete(null);
    world.settle();
    assertThat(slow.hears()).hasSize(1);
  }

  @Test
  void showsTheAuthenticatorWhoAsks() {
    List<ConnectRequest> asked = new ArrayList<>();
    world.start(
        builder ->
            builder
                .options(options -> options.subprotocols(List.of("v2", "v1")))
                .authenticator(
                    Login.class,
                    (login, request) -> {
                      asked.add(request);
                      return World.authenticate(login);
                    }));
    var wire =
        world.transport.connect(
            "/ws?tab=7",
            Map.of("Cookie", List.of("a=b"), "Sec-WebSocket-Protocol", List.of("v1, v2", "v3")));
    world.settle();
    new Person(world, wire).say("{'event':'authenticate'}").admitted();

    assertThat(asked).hasSize(1);
    ConnectRequest request = asked.getFirst();
    assertThat(request.clientId()).isEqualTo("00000000-0000-4000-8000-000000000002");
    assertThat(request.handshake().queryParameter("tab")).contains("7");
    assertThat(request.handshake().header("cookie")).contains("a=b");
    assertThat(request.handshake().subprotocol()).isEqualTo("v1");
    assertThat(request.handshake().remoteAddress().getAddress().isLoopbackAddress()).isTrue();
  }

  @Test
  void showsEveryStateToTheApplication() {
    startWithAuthenticatorThatTakes(Duration.ofSeconds(1));
    Person ann = world.connect();
    String id = "00000000-0000-4000-8000-000000000002";
    assertThat(client(id).state()).isEqualTo(ClientState.UNAUTHORIZED);
    assertThat(client(id).rooms()).isEmpty();

    ann.say("{'event':'authenticate','data':{'user':'ann'}}");
    assertThat(client(id).state()).isEqualTo(ClientState.AUTHENTICATING);
    assertThat(client(id).userId()).isEmpty();
    assertThat(world.server().users()).isEmpty();

    world.pass(Duration.ofSeconds(1));
    assertThat(client(id).state()).isEqualTo(ClientState.AUTHENTICATED);
    assertThat(client(id).userId()).contains("ann");
    assertThat(client(id).metadata()).isEqualTo("metadata of ann");
    assertThat(client(id).rooms()).containsExactlyInAnyOrder("ws-default", "ws-notification", id);

    ann.wire.close(1000);
    world.settle();
    assertThat(world.server().find(id)).isEmpty();
    assertThat(world.goodbyes.getFirst().client().state()).isEqualTo(ClientState.DISCONNECTED);
    assertThat(world.goodbyes.getFirst().client().rooms())
        .containsExactlyInAnyOrder("ws-default", "ws-notification", id);
  }

  private Client<String> client(String id) {
    return world.server().find(id).orElseThrow();
  }

  private void startWithAuthenticatorThatTakes(Duration time) {
    world.start(
        builder ->
            builder.authenticator(
                Login.class,
                (login, request) -> {
                  world.time.hooks().pause(time);
                  return login.user() == null
                      ? Optional.of(Admission.anonymous())
                      : World.authenticate(login);
                }));
  }
}
