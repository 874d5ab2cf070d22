package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.port.codec.Json;
import dev.roomcast.port.observation.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of admitted clients: who handles them, when, and with what. */
final class HandlersTest {
  record Say(String room, int times) {}

  @RegisterExtension final World world = new World();
  private final List<Object> log = new ArrayList<>();

  @Test
  void bindsDataToTheHandlersType() {
    world.start(builder -> builder.on("say", Say.class, (call, say) -> log.add(say)));
    world.login("ann").say("{'event':'say','data':{'room':'r','times':3,'unknown':true}}");

    assertThat(log).containsExactly(new Say("r", 3));
  }

  @Test
  void givesTheRawTextToWhoWantsIt() {
    world.start(builder -> builder.on("raw", Json.class, (call, json) -> log.add(json.toString())));
    world.login("ann").say("{'event':'raw','data': {'b' : 1.0, 'a':[ 1e2 ]} }");

    assertThat(log).containsExactly(Person.json("{'b' : 1.0, 'a':[ 1e2 ]}"));
  }

  @Test
  void tellsAbsentFromNull() {
    world.start(
        builder ->
            builder.on(
                "raw",
                Json.class,
                (call, json) -> {
                  log.add(json);
                  log.add(call.data());
                }));
    world.login("ann").say("{'event':'raw'}").say("{'event':'raw','data':null}");

    assertThat(log).containsExactly(Json.NULL, Optional.empty(), Json.NULL, Optional.of(Json.NULL));
  }

  @Test
  void asksAHandlerOfNothingWhateverComes() {
    world.start(builder -> builder.on("ping", Void.class, (call, nothing) -> log.add("ping")));
    world.login("ann").say("{'event':'ping'}").say("{'event':'ping','data':{'x':1}}");

    assertThat(log).containsExactly("ping", "ping");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'data':null", ",'data':5", ",'data':[]", ",'data':{'times':'x'}"})
  void refusesDataThatDoesNotBindWithoutAsking(String data) {
    world.start(builder -> builder.on("say", Say.class, (call, say) -> log.add(say)));
    Person ann = world.login("ann").say("{'event':'say'" + data + ",'id':'q'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Invalid message format'},'id':'q'}");
    assertThat(log).isEmpty();
    assertThat(ann.closed()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_MALFORMED)).isEqualTo(1);
    assertThat(world.count(Signal.HOOK_FAILED)).isZero();
  }

  @Test
  void leavesEverythingElseToTheFallback() {
    world.start(
        builder ->
            builder
                .on("known", Json.class, (call, json) -> log.add("known"))
                .onMessage(
                    (call, json) -> {
                      log.add(call.event() + " " + json);
                      return null;
                    }));
    world
        .login("ann")
        .say("{'event':'known'}")
        .say("{'event':'other','data':1}")
        .say("{'event':'encrypted','data':2}")
        .say("{'event':'handshake','data':3}")
        .say("{'event':'connected','data':4}");

    assertThat(log)
        .containsExactly("known", "other 1", "encrypted 2", "handshake 3", "connected 4");
  }

  @Test
  void doesNothingWithoutAHandler() {
    world.start();
    Person ann = world.login("ann").say("{'event':'other','id':'x'}");

    assertThat(ann.hears()).isEmpty();
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void showsTheSenderAsItIsWhenTheHandlerBegins() {
    world.start(
        builder ->
            builder.onMessage(
                (call, json) -> {
                  log.add(call.client().userId().orElseThrow());
                  log.add(call.client().rooms().contains("later"));
                  log.add(call.id());
                  return null;
                }));
    Person ann = world.login("ann");
    world.await(world.server().client(ann.id()).join("later"));
    ann.say("{'event':'x','id':'7'}");

    assertThat(log).containsExactly("ann", true, Optional.of("7"));
  }

  @Test
  void handlesMessagesOfOneClientInOrderOneAtATime() {
    world.start(
        builder ->
            builder.onMessage(
                (call, json) -> {
                  log.add("begin " + call.event());
                  world.time.hooks().pause(Duration.ofSeconds(1));
                  log.add("end " + call.event());
                  return null;
                }));
    world.login("ann").say("{'event':'a'}").say("{'event':'b'}");
    world.pass(Duration.ofSeconds(2));

    assertThat(log).containsExactly("begin a", "end a", "begin b", "end b");
  }

  @Test
  void handlesMessagesOfDifferentClientsAtTheSameTime() {
    world.start(
        builder ->
            builder.onMessage(
                (call, json) -> {
                  log.add("begin " + call.event());
                  world.time.hooks().pause(Duration.ofSeconds(1));
                  log.add("end " + call.event());
                  return null;
                }));
    world.login("ann").say("{'event':'a'}");
    world.login("bob").say("{'event':'b'}");
    world.pass(Duration.ofSeconds(1));

    assertThat(log).containsExactly("begin a", "begin b", "end a", "end b");
  }

  @Test
  void readsNoFurtherWhileTooManyMessagesWait() {
    world.start(
        builder ->
            builder
                .options(options -> options.mailbox(4, 100_000))
                .onMessage(
                    (call, json) -> {
                      world.time.hooks().pause(Duration.ofMillis(100));
                      log.add(json.toString());
                      return null;
                    }));
    Person ann = world.login("ann");
    for (int i = 0; i < 50; i++) {
      ann.tell("{'event':'x','data':" + i + "}");
    }
    world.settle();

    assertThat(ann.wire.undelivered()).isEqualTo(45);
    assertThat(ann.wire.credit()).isZero();
    world.pass(Duration.ofSeconds(10));
    assertThat(log).hasSize(50);
    assertThat(log.getLast()).isEqualTo("49");
    assertThat(ann.wire.credit()).isEqualTo(1);
  }

  @Test
  void readsNoFurtherWhileTooManyBytesWait() {
    world.start(
        builder ->
            builder
                .options(options -> options.mailbox(1_000, 1_000))
                .onMessage(
                    (call, json) -> {
                      world.time.hooks().pause(Duration.ofMillis(100));
                      log.add(json);
                      return null;
                    }));
    Person ann = world.login("ann");
    for (int i = 0; i < 10; i++) {
      ann.tell("{'event':'x','data':'" + "y".repeat(1_000) + "'}");
    }
    world.settle();

    assertThat(ann.wire.undelivered()).isEqualTo(8);
    world.pass(Duration.ofSeconds(2));
    assertThat(log).hasSize(10);
  }

  @Test
  void handlesOnTheLoopWhatIsDeclaredNeverToBlock() {
    world.start(
        builder ->
            builder.onLoop(
                "fast",
                Json.class,
                (call, json) -> {
                  log.add(
                      world.transport.loops().stream().anyMatch(loop -> loop.inLoop())
                          + " "
                          + json);
                  return null;
                }));
    Person ann = world.login("ann");
    int before = world.time.hooks().unfinished();
    for (int i = 0; i < 3; i++) {
      ann.tell("{'event':'fast','data':" + i + "}");
    }
    world.settle();

    assertThat(log).containsExactly("true 0", "true 1", "true 2");
    assertThat(world.time.hooks().unfinished()).isEqualTo(before);
  }

  @Test
  void keepsTheOrderOfHandlersOnAndOffTheLoop() {
    world.start(
        builder ->
            builder
                .on("slow", Json.class, (call, json) -> log.add("slow " + json))
                .onLoop(
                    "fast",
                    Json.class,
                    (call, json) -> {
                      log.add("fast " + json);
                      return json;
                    }));
    Person ann = world.login("ann");
    for (int i = 0; i < 6; i++) {
      ann.tell("{'event':'" + (i % 2 == 0 ? "slow" : "fast") + "','data':" + i + "}");
    }
    world.settle();

    assertThat(log).containsExactly("slow 0", "fast 1", "slow 2", "fast 3", "slow 4", "fast 5");
  }

  @Test
  void takesABinaryMessageForTheSameEnvelope() {
    world.start(builder -> builder.on("raw", Json.class, (call, json) -> log.add(json.toString())));
    Person ann = world.login("ann");
    ann.wire.sendBinary(
        Person.json("{'event':'raw','data':'zoë'}").getBytes(StandardCharsets.UTF_8));
    world.settle();

    assertThat(log).containsExactly("\"zoë\"");
  }

  @Test
  void doesNotHandleWhatStillWaitsWhenTheClientEnds() {
    world.start(
        builder ->
            builder.onMessage(
                (call, json) -> {
                  world.time.hooks().pause(Duration.ofSeconds(1));
                  log.add(call.event());
                  return "answer";
                }));
    Person ann = world.login("ann").say("{'event':'a'}").say("{'event':'b'}");
    ann.wire.close(1000);
    world.pass(Duration.ofSeconds(3));

    assertThat(log).containsExactly("a");
    assertThat(ann.hears()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_DROPPED_CLOSED)).isEqualTo(1);
  }

  @Test
  void refusesHandlersForWhatBelongsToTheFramework() {
    RoomServerBuilder<String> builder = world.builder();

    for (String event : List.of("", "authenticate", "heartbeat", "join", "leave")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.on(event, Json.class, (call, json) -> {}))
          .withMessageContaining("'" + event + "'");
    }
  }

  @Test
  void refusesASecondHandlerForAnEvent() {
    RoomServerBuilder<String> builder = world.builder();
    builder.on("x", Json.class, (call, json) -> {});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.onLoop("x", Json.class, (call, json) -> null))
        .withMessageContaining("'x'");
  }

  @Test
  void needsTransportCodecAndAuthenticator() {
    assertThatIllegalStateException()
        .isThrownBy(() -> RoomServer.<String>builder().build())
        .withMessageContaining("transport");
    assertThatIllegalStateException()
        .isThrownBy(() -> RoomServer.<String>builder().transport(world.transport).build())
        .withMessageContaining("codec");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                RoomServer.<String>builder()
                    .transport(world.transport)
                    .codec(dev.roomcast.jackson.JacksonCodec.create())
                    .build())
        .withMessageContaining("authenticator");
  }

  @Test
  void neverShowsDataWhenACallIsLogged() {
    world.start(
        builder ->
            builder.onMessage(
                (call, json) -> {
                  log.add(call.toString());
                  return null;
                }));
    world.login("ann").say("{'event':'x','data':'secret'}");

    assertThat(log.getFirst().toString()).contains("x").doesNotContain("secret");
  }

  @Test
  void answersWithWhatAHandlerReturns() {
    world.start(
        builder ->
            builder
                .reply("sum", Say.class, (call, say) -> Map.of("sum", say.times() + 1))
                .reply("nothing", Void.class, (call, nothing) -> null)
                .reply("raw", Json.class, (call, json) -> json)
                .onLoop("fast", Json.class, (call, json) -> "fast"));
    Person ann =
        world
            .login("ann")
            .say("{'event':'sum','data':{'times':1},'id':'1'}")
            .say("{'event':'sum','data':{'times':2}}")
            .say("{'event':'nothing','id':'2'}")
            .say("{'event':'raw','data':{'a' : 1.50},'id':'3'}")
            .say("{'event':'raw','data':null,'id':'4'}")
            .say("{'event':'fast','id':'5'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'sum','data':{'sum':2},'id':'1'}",
            "{'event':'sum','data':{'sum':3}}",
            "{'event':'raw','data':{'a' : 1.50},'id':'3'}",
            "{'event':'raw','data':null,'id':'4'}",
            "{'event':'fast','data':'fast','id':'5'}");
  }
}
