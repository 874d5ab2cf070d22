package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.roomcast.core.World.Login;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What hooks throw goes no further than it should. */
final class HookFailureTest {
  private static final CloseStatus CRASHED = new CloseStatus(1011, "Internal error");

  /** An {@code Error} that is not the machine's end. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("secret");
    }
  }

  @RegisterExtension final World world = new World();

  private Person annWith(Consumer<RoomServerBuilder<String>> change) {
    world.start(change);
    return world.login("ann");
  }

  @Test
  void answersARequestWhoseHandlerThrows() {
    Person ann =
        annWith(
            builder ->
                builder.onMessage(
                    (call, json) -> {
                      throw new IllegalStateException("secret");
                    }));
    ann.say("{'event':'x','id':'1'}").say("{'event':'x'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Internal error'},'id':'1'}");
    assertThat(ann.closed()).isEmpty();
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(2);
  }

  @Test
  void answersARequestWhoseHandlerOnTheLoopThrows() {
    Person ann =
        annWith(
            builder ->
                builder.onLoop(
                    "x",
                    Json.class,
                    (call, json) -> {
                      throw new IllegalStateException("secret");
                    }));
    ann.say("{'event':'x','id':'1'}").say("{'event':'x'}").say("{'event':'x','id':'2'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Internal error'},'id':'1'}",
            "{'event':'error','data':{'message':'Internal error'},'id':'2'}");
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void answersARequestWhoseAnswerCannotBeWritten() {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    Person ann = annWith(builder -> builder.onMessage((call, json) -> cyclic));
    ann.say("{'event':'x','id':'1'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Internal error'},'id':'1'}");
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void logsOncePerPauseWhatOneKindOfHookThrows() {
    Person ann =
        annWith(
            builder ->
                builder
                    .rooms(
                        (client, asked) -> {
                          throw new IllegalStateException("validator");
                        })
                    .onMessage(
                        (call, json) -> {
                          throw new IllegalStateException("handler");
                        }));
    IntStream.range(0, 3).forEach(i -> ann.say("{'event':'x'}"));
    ann.say("{'event':'join','data':{'rooms':['a']}}");
    assertThat(world.takeFailuresOfHooks())
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "handler threw for client " + ann.id() + " (0 like it were not logged)",
            "room validator threw for client " + ann.id() + " (0 like it were not logged)");

    world.pass(Duration.ofSeconds(10));
    ann.say("{'event':'x'}");
    List<ILoggingEvent> logged = world.takeFailuresOfHooks();
    assertThat(logged)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("handler threw for client " + ann.id() + " (2 like it were not logged)");
    assertThat(logged.getFirst().getThrowableProxy().getMessage()).isEqualTo("handler");
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(5);
  }

  @Test
  void logsNoLinesOfAClientsChoice() {
    Person ann =
        annWith(
            builder ->
                builder.on(
                    "who",
                    String.class,
                    (call, room) -> {
                      throw new IllegalArgumentException("room is '" + room + "'");
                    }));
    ann.say("{'event':'who','data':'ws:x\\nlevel=ERROR forged'}");

    assertThat(world.takeFailuresOfHooks().getFirst().getThrowableProxy().getMessage())
        .contains("room is 'ws:x\\u000alevel=ERROR forged'");
  }

  @Test
  void endsTheSessionWhereAnErrorEscapesAHandler() {
    Person ann =
        annWith(
            builder ->
                builder.onMessage(
                    (call, json) -> {
                      throw new Crash();
                    }));
    Person bob = world.loginOn(0, "bob");
    ann.say("{'event':'x','id':'1'}");

    assertThat(ann.closed()).contains(CRASHED);
    assertThat(ann.hears()).isEmpty();
    assertThat(world.goodbyeTo(ann).cause())
        .isEqualTo(new Disconnection(1011, "Internal error", true));
    assertThat(bob.closed()).isEmpty();
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
  }

  @Test
  void endsTheSessionWhereAnErrorEscapesAHandlerOnTheLoop() {
    Person ann =
        annWith(
            builder ->
                builder.onLoop(
                    "x",
                    Json.class,
                    (call, json) -> {
                      throw new Crash();
                    }));
    ann.say("{'event':'x','id':'1'}");

    assertThat(ann.closed()).contains(CRASHED);
  }

  @Test
  void endsTheSessionWhereAnErrorEscapesTheAuthenticator() {
    world.start(
        builder ->
            builder.authenticator(
                Login.class,
                (login, request) -> {
                  throw new Crash();
                }));
    Person ann = world.connect().say("{'event':'authenticate'}");

    assertThat(ann.closed()).contains(CRASHED);
    assertThat(ann.hears()).isEmpty();
    assertThat(world.goodbyes).hasSize(1);
    assertThat(world.goodbyes.getFirst().cause().admitted()).isFalse();
  }

  @Test
  void endsTheSessionWhereAnErrorEscapesTheRoomValidator() {
    Person ann =
        annWith(
            builder ->
                builder.rooms(
                    (client, asked) -> {
                      throw new Crash();
                    }));
    ann.say("{'event':'join','data':{'rooms':['a']},'id':'1'}");

    assertThat(ann.closed()).contains(CRASHED);
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
  }

  @Test
  void keepsTheConnectionWhereTheConnectedHookThrows() {
    List<String> handled = new ArrayList<>();
    Person ann =
        annWith(
            builder ->
                builder
                    .onConnected(
                        client -> {
                          throw new IllegalStateException("secret");
                        })
                    .onMessage(
                        (call, json) -> {
                          handled.add(call.event());
                          return null;
                        }));
    ann.say("{'event':'x'}");

    assertThat(handled).containsExactly("x");
    assertThat(ann.hears()).isEmpty();
    assertThat(ann.closed()).isEmpty();
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
  }

  @Test
  void endsTheSessionWhereAnErrorEscapesTheConnectedHook() {
    Person ann =
        annWith(
            builder ->
                builder.onConnected(
                    client -> {
                      throw new Crash();
                    }));

    assertThat(ann.closed()).contains(CRASHED);
    assertThat(world.goodbyeTo(ann).cause().admitted()).isTrue();
  }

  @Test
  void countsADisconnectedHookThatThrows() {
    Person ann =
        annWith(
            builder ->
                builder.onDisconnected(
                    (client, cause) -> {
                      throw new IllegalStateException("secret");
                    }));
    ann.wire.close(1000);
    world.settle();

    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
  }

  @Test
  void callsTheDisconnectedHookOnceWhoeverEndsIt() {
    world.start();
    Person closes = world.login("a");
    Person vanishes = world.login("b");
    Person isDisconnected = world.login("c");
    Person isNobody = world.connect();
    closes.wire.close(new CloseStatus(3000, "mine"));
    vanishes.wire.vanish();
    world.server().client(isDisconnected.id()).disconnect("thrown out");
    isNobody.wire.close(1000);
    world.pass(Duration.ofSeconds(30));

    assertThat(world.goodbyes).hasSize(4);
    assertThat(world.goodbyeTo(closes).cause()).isEqualTo(new Disconnection(3000, "mine", true));
    assertThat(world.goodbyeTo(vanishes).cause()).isEqualTo(new Disconnection(1006, "", true));
    assertThat(world.goodbyeTo(isDisconnected).cause())
        .isEqualTo(new Disconnection(4007, "thrown out", true));
    assertThat(world.goodbyeTo(isDisconnected).client().userId()).contains("c");
  }

  @Test
  void callsTheDisconnectedHookOnceWhereBothSidesCloseAtTheSameTime() {
    world.start();
    Person ann = world.login("ann");
    ann.wire.close(1000);
    world.server().client(ann.id()).disconnect();
    world.settle();
    world.server().everyone().disconnect();
    world.pass(Duration.ofSeconds(10));

    assertThat(world.goodbyes).hasSize(1);
  }

  @Test
  void doesNotWaitForAHandlerWithTheDisconnectedHook() {
    Person ann =
        annWith(
            builder ->
                builder.onMessage(
                    (call, json) -> {
                      world.time.hooks().pause(Duration.ofHours(1));
                      return null;
                    }));
    ann.say("{'event':'x'}").wire.close(1000);
    world.settle();

    assertThat(world.goodbyes).hasSize(1);
  }
}
