package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.World.Login;
import dev.roomcast.port.codec.Json;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If one call returned before another began, every client sees them in that order. */
final class OrderTest {
  @RegisterExtension final World world = new World();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void deliversAfterAJoinAndBeforeALeave(int seed) {
    World shuffled = new World(VirtualTime.seeded(seed), 0);
    RoomServer<String> server = shuffled.start();
    Person ann = shuffled.loginOn(0, "ann");
    Person bob = shuffled.loginOn(1, "bob");
    for (Person person : List.of(ann, bob)) {
      server.client(person.id()).join("room");
    }
    server.room("room").send("after the join");
    server.room("room").send("before the leave");
    server.client(ann.id()).leave("room");
    server.room("room").send("after ann left");
    server.client(ann.id()).join("room");
    server.room("room").send("after she came back");
    server.everyone().disconnect();
    server.room("room").send("after the end");
    shuffled.settle();

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'after the join'}",
            "{'event':'before the leave'}",
            "{'event':'after she came back'}");
    assertThat(bob.hears())
        .containsExactly(
            "{'event':'after the join'}",
            "{'event':'before the leave'}",
            "{'event':'after ann left'}",
            "{'event':'after she came back'}");
    shuffled.end();
  }

  @Test
  void keepsTheOrderAcrossAllKindsOfAudiences() {
    world.start();
    Person ann = world.login("ann");
    RoomServer<String> server = world.server();
    IntStream.range(0, 100)
        .forEach(
            i -> {
              switch (i % 5) {
                case 0 -> server.everyone().send("m", i);
                case 1 -> server.client(ann.id()).send("m", i);
                case 2 -> server.user("ann").send("m", i);
                case 3 -> server.room("ws-default").send("m", i);
                default -> server.room(ann.id()).send("m", i);
              }
            });
    world.settle();

    assertThat(ann.hears())
        .containsExactlyElementsOf(
            IntStream.range(0, 100).mapToObj(i -> "{'event':'m','data':" + i + "}").toList());
  }

  @Test
  void answersAfterWhatTheHandlerSent() {
    world.start(
        builder ->
            builder
                .reply(
                    "off",
                    Json.class,
                    (call, json) -> {
                      call.server().client(call.client().id()).send("direct");
                      call.server().everyone().send("fan-out");
                      return "answer";
                    })
                .onLoop(
                    "on",
                    Json.class,
                    (call, json) -> {
                      call.server().client(call.client().id()).send("direct");
                      call.server().everyone().send("fan-out");
                      return "answer";
                    }));
    Person ann = world.login("ann").say("{'event':'off'}").say("{'event':'on'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'direct'}",
            "{'event':'fan-out'}",
            "{'event':'off','data':'answer'}",
            "{'event':'direct'}",
            "{'event':'fan-out'}",
            "{'event':'on','data':'answer'}");
  }

  @Test
  void answersAJoinBeforeWhatIsSentToTheRoomAfterwards() {
    world.start(builder -> builder.rooms((client, asked) -> asked));
    Person ann = world.login("ann");
    ann.say("{'event':'join','data':{'rooms':['a']},'id':'j'}");
    world.server().room("a").send("news");
    world.settle();

    assertThat(ann.hears())
        .containsExactly("{'event':'join','data':{'rooms':['a']},'id':'j'}", "{'event':'news'}");
  }

  @Test
  void delivesToANewClientWhatIsSentFromItsAdmissionOn() {
    world.start(
        builder ->
            builder.authenticator(
                Login.class,
                (login, request) -> {
                  world.time.hooks().pause(Duration.ofSeconds(1));
                  return World.authenticate(login);
                }));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    for (int i = 0; i < 20; i++) {
      world.server().everyone().send("m", i);
      world.pass(Duration.ofMillis(100));
    }

    List<String> heard = ann.hears();
    assertThat(heard.getFirst()).startsWith("{'event':'connected'");
    assertThat(heard.subList(1, heard.size()))
        .containsExactlyElementsOf(
            IntStream.range(20 - heard.size() + 1, 20)
                .mapToObj(i -> "{'event':'m','data':" + i + "}")
                .toList())
        .hasSizeBetween(8, 11);
  }
}
