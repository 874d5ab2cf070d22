package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.roomcast.core.hook.RoomValidator;
import dev.roomcast.core.hook.Rooms;
import dev.roomcast.port.observation.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's section 1.4. */
final class RoomsTest {
  private static final RoomValidator<String> ANY = (client, asked) -> asked;

  @RegisterExtension final World world = new World();

  private Person annWith(RoomValidator<String> validator) {
    world.start(builder -> builder.rooms(validator));
    return world.login("ann");
  }

  private Set<String> roomsOf(Person person) {
    return world.server().find(person.id()).orElseThrow().rooms();
  }

  @Test
  void refusesEveryJoinWithoutAValidator() {
    world.start();
    Person ann = world.login("ann").say("{'event':'join','data':{'rooms':['a','b']},'id':'j'}");

    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':[]},'id':'j'}");
    assertThat(roomsOf(ann)).doesNotContain("a", "b");
    assertThat(world.count(Signal.ROOM_REFUSED)).isEqualTo(2);
  }

  @Test
  void joinsWhatTheValidatorAllows() {
    Person ann = annWith((client, asked) -> Rooms.only(asked, Set.of("a", "c")));
    ann.say("{'event':'join','data':{'rooms':['a','b','c']},'id':'j'}");

    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':['a','c']},'id':'j'}");
    assertThat(roomsOf(ann)).contains("a", "c").doesNotContain("b");
    assertThat(world.count(Signal.ROOM_REFUSED)).isEqualTo(1);
  }

  @Test
  void joinsSoManyRoomsByOneRequestAndRefusesTheRest() {
    List<Integer> asked = new ArrayList<>();
    Person ann =
        annWith(
            (client, rooms) -> {
              asked.add(rooms.size());
              return rooms;
            });
    String names = names(300);
    ann.say("{'event':'join','data':{'rooms':[" + names + "]},'id':'j'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'join','data':{'rooms':[" + names(256) + "]},'id':'j'}");
    assertThat(asked).containsExactly(256);
    assertThat(roomsOf(ann)).contains("room-255").doesNotContain("room-256");
    assertThat(world.count(Signal.ROOM_REFUSED)).isEqualTo(44);
  }

  @Test
  void leavesHoweverManyRoomsByOneRequest() {
    Person ann = annWith(ANY);
    Set<String> before = roomsOf(ann);
    ann.say("{'event':'join','data':{'rooms':[" + names(200) + "]}}");
    ann.say("{'event':'join','data':{'rooms':[" + names(400) + "]}}");
    ann.say("{'event':'leave','data':{'rooms':[" + names(400) + "]}}");

    assertThat(roomsOf(ann)).isEqualTo(before);
  }

  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "'room-" + i + "'")
        .collect(Collectors.joining(","));
  }

  @Test
  void showsTheValidatorTheClientAndTheNamesThatPassed() {
    List<String> seen = new ArrayList<>();
    Person ann =
        annWith(
            (client, asked) -> {
              seen.add(client.id());
              seen.add(client.userId().orElseThrow());
              seen.add(client.metadata());
              seen.addAll(asked);
              return asked;
            });
    ann.say(
        Person.json(
            "{'event':'join','data':{'rooms':['a','ws:x','',5,null,'a','123e4567-e89b-42d3-a456-426614174000','b']}}"));

    assertThat(seen).containsExactly(ann.id(), "ann", "metadata of ann", "a", "b");
  }

  @Test
  void doesNotAskTheValidatorWhereNoNamePasses() {
    List<String> asked = new ArrayList<>();
    Person ann =
        annWith(
            (client, names) -> {
              asked.addAll(names);
              return names;
            });
    ann.say("{'event':'join','data':{'rooms':['ws:x']},'id':'j'}");

    assertThat(asked).isEmpty();
    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':[]},'id':'j'}");
  }

  @Test
  void ignoresWhatTheValidatorReturnsBeyondTheNames() {
    Person ann = annWith((client, asked) -> List.of("secret", "a"));
    ann.say("{'event':'join','data':{'rooms':['a','b']},'id':'j'}");

    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':['a']},'id':'j'}");
    assertThat(world.server().rooms()).doesNotContain("secret");
  }

  @Test
  void ignoresANullAmongWhatTheValidatorReturns() {
    Collection<String> withNull = Arrays.asList("a", null);
    Person ann = annWith((client, asked) -> withNull);
    ann.say("{'event':'join','data':{'rooms':['a']},'id':'j'}");

    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':['a']},'id':'j'}");
  }

  /** The server's fault, and no refusal. */
  @Test
  void joinsNoneAndTellsAnErrorWhereTheValidatorThrows() {
    Person ann =
        annWith(
            (client, asked) -> {
              throw new IllegalStateException("secret");
            });
    ann.say("{'event':'join','data':{'rooms':['a']},'id':'j'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Internal error'},'id':'j'}");
    assertThat(roomsOf(ann)).doesNotContain("a");
    assertThat(ann.closed()).isEmpty();
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
    assertThat(world.count(Signal.ROOM_REFUSED)).isZero();
  }

  @Test
  void joinsNoneInSilenceWhereTheValidatorThrowsAndNobodyAskedForAnAnswer() {
    Person ann =
        annWith(
            (client, asked) -> {
              throw new IllegalStateException("secret");
            });
    ann.join("a");

    assertThat(ann.hears()).isEmpty();
    assertThat(roomsOf(ann)).doesNotContain("a");
  }

  @Test
  void asksTheValidatorAgainAfterItThrew() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Person ann =
        annWith(
            (client, asked) -> {
              if (broken.getAndSet(false)) {
                throw new IllegalStateException("the database is away");
              }
              return asked;
            });
    ann.say("{'event':'join','data':{'rooms':['a']},'id':'1'}")
        .say("{'event':'join','data':{'rooms':['a']},'id':'2'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Internal error'},'id':'1'}",
            "{'event':'join','data':{'rooms':['a']},'id':'2'}");
  }

  @Test
  void allowsNoneWhereTheValidatorReturnsNull() {
    Person ann = annWith((client, asked) -> null);
    ann.say("{'event':'join','data':{'rooms':['a']},'id':'j'}");

    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':[]},'id':'j'}");
  }

  @Test
  void answersNothingWithoutAnId() {
    Person ann = annWith(ANY).join("a").leave("a").leave("never joined");

    assertThat(ann.hears()).isEmpty();
  }

  @Test
  void answersALeaveWithThoseThatWereLeft() {
    Person ann = annWith(ANY).join("a").join("b");
    ann.say("{'event':'leave','data':{'rooms':['a','never','b',7]},'id':'l'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'leave','data':{'rooms':['a','b']},'id':'l'}");
    assertThat(world.server().rooms()).doesNotContain("a", "b");
  }

  @Test
  void joinsTwiceAsOnce() {
    Person ann = annWith(ANY).join("a").say("{'event':'join','data':{'rooms':['a']},'id':'j'}");
    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':['a']},'id':'j'}");

    world.server().room("a").send("once");
    world.settle();
    assertThat(ann.hears()).containsExactly("{'event':'once'}");
    ann.leave("a");
    assertThat(world.server().rooms()).doesNotContain("a");
  }

  @Test
  void neverLeavesItsOwnRoom() {
    Person ann = annWith(ANY);
    ann.say("{'event':'leave','data':{'rooms':['" + ann.id() + "']},'id':'l'}");

    assertThat(ann.hears()).containsExactly("{'event':'leave','data':{'rooms':[]},'id':'l'}");
    world.await(world.server().client(ann.id()).leave(ann.id()));
    assertThat(roomsOf(ann)).contains(ann.id());
    world.server().room(ann.id()).send("still there");
    world.settle();
    assertThat(ann.hears()).containsExactly("{'event':'still there'}");
  }

  @Test
  void hearsItsOwnRoomOnceThoughItJoinedItByName() {
    Person ann = annWith(ANY);
    ann.join(ann.id());
    world.server().room(ann.id()).send("once");
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'once'}");
    assertThat(world.server().rooms()).doesNotContain(ann.id());
  }

  @Test
  void refusesTheRoomOfAnotherClient() {
    Person ann = annWith(ANY);
    Person bob = world.login("bob");
    bob.join(ann.id());
    world.server().client(ann.id()).send("for ann");
    world.server().room(ann.id()).send("for ann too");
    world.settle();

    assertThat(bob.hears()).isEmpty();
    assertThat(ann.hears()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'data':null",
        ",'data':[]",
        ",'data':{}",
        ",'data':{'rooms':'a'}",
        ",'data':'a'",
        ",'data':{'rooms':null}",
        ",'data':{'rooms':{'a':1}}"
      })
  void refusesARequestOfAnotherForm(String data) {
    Person ann = annWith(ANY);
    for (String event : List.of("join", "leave")) {
      ann.say("{'event':'" + event + "'" + data + ",'id':'x'}");

      assertThat(ann.hears())
          .containsExactly(
              "{'event':'error','data':{'message':'Invalid message format'},'id':'x'}");
    }
    assertThat(ann.closed()).isEmpty();
    assertThat(world.count(Signal.HOOK_FAILED)).isZero();
  }

  @Test
  void refusesARequestThatNeedNotBind() {
    Person ann = annWith(ANY);
    String tooLong = "9".repeat(2_000);
    ann.say("{'event':'join','data':{'rooms':['a'],'n':" + tooLong + "},'id':'x'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Invalid message format'},'id':'x'}");
    assertThat(world.count(Signal.HOOK_FAILED)).isZero();
  }

  @Test
  void endsOutsideHoweverLongTheValidatorTakes() {
    Person ann =
        annWith(
            (client, asked) -> {
              world.time.hooks().pause(Duration.ofSeconds(3));
              return asked;
            });
    ann.join("a").leave("a");
    world.pass(Duration.ofSeconds(3));

    assertThat(roomsOf(ann)).doesNotContain("a");
    assertThat(world.server().rooms()).doesNotContain("a");
  }

  @Test
  void joinsNothingForWhoLeftWhileTheValidatorRan() {
    Person ann =
        annWith(
            (client, asked) -> {
              world.time.hooks().pause(Duration.ofSeconds(3));
              return asked;
            });
    ann.join("a").wire.close(1000);
    world.pass(Duration.ofSeconds(3));

    assertThat(world.server().rooms()).isEmpty();
  }

  @Test
  void allowsSoManyRoomsAndNoMore() {
    world.start(builder -> builder.rooms(ANY).options(options -> options.maxRoomsPerClient(4)));
    Person ann = world.login("ann");
    ann.say("{'event':'join','data':{'rooms':['a','b','c']},'id':'j'}");

    assertThat(ann.hears()).containsExactly("{'event':'join','data':{'rooms':['a','b']},'id':'j'}");
    assertThat(world.count(Signal.ROOM_REFUSED)).isEqualTo(1);
    assertThat(world.await(world.server().client(ann.id()).join("d"))).isFalse();
    assertThat(world.server().rooms())
        .containsExactlyInAnyOrder("ws-default", "ws-notification", "a", "b");
    assertThat(world.await(world.server().client(ann.id()).join("a"))).isTrue();

    ann.leave("a").join("e");
    assertThat(roomsOf(ann)).contains("e");
  }

  @Test
  void joinsAndLeavesForServerCodeWithoutAValidator() {
    world.start();
    Person ann = world.login("ann");

    assertThat(world.await(world.server().client(ann.id()).join("staff"))).isTrue();
    assertThat(roomsOf(ann)).contains("staff");
    assertThat(world.await(world.server().client(ann.id()).leave("staff"))).isTrue();
    assertThat(roomsOf(ann)).doesNotContain("staff");
    assertThat(ann.hears()).isEmpty();
  }

  @Test
  void joinsEverySessionOfAUserAndEveryMemberOfARoom() {
    world.start();
    Person first = world.loginOn(0, "ann");
    Person second = world.loginOn(1, "ann");
    Person bob = world.loginOn(1, "bob");

    world.await(world.server().user("ann").join("annes"));
    world.await(world.server().room("annes").join("copies"));
    world.await(world.server().everyone().except(bob.id()).join("not bob"));

    assertThat(roomsOf(first)).contains("annes", "copies", "not bob");
    assertThat(roomsOf(second)).contains("annes", "copies", "not bob");
    assertThat(roomsOf(bob)).doesNotContain("annes", "copies", "not bob");
    world.await(world.server().room("annes").leave("annes"));
    assertThat(world.server().rooms()).doesNotContain("annes").contains("copies");
  }

  @Test
  void saysNoForWhoIsNotHere() {
    world.start();

    assertThat(world.await(world.server().client("nobody").join("a"))).isFalse();
    assertThat(world.await(world.server().user("nobody").leave("a"))).isFalse();
    assertThat(world.server().rooms()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ws:x"})
  void refusesServerCodeNamesThatAreNotValid(String name) {
    world.start();
    Person ann = world.login("ann");
    var audience = world.server().client(ann.id());

    assertThatIllegalArgumentException().isThrownBy(() -> audience.join(name));
    assertThatIllegalArgumentException().isThrownBy(() -> audience.leave(name));
    assertThatIllegalArgumentException().isThrownBy(() -> world.server().room(name));
  }

  @Test
  void letsServerCodeBuildARoomNamedLikeAClient() {
    world.start();
    Person ann = world.login("ann");
    Person bob = world.login("bob");
    world.await(world.server().client(bob.id()).join(ann.id()));
    world.server().room(ann.id()).send("for both");
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'for both'}");
    assertThat(bob.hears()).containsExactly("{'event':'for both'}");
  }

  @Test
  void looksUpMembersUsersAndClients() {
    world.start();
    Person ann = world.loginOn(0, "ann");
    Person bob = world.loginOn(1, "bob");
    Person nobody = world.connectOn(0);

    assertThat(world.server().room("ws-default").clients())
        .extracting(client -> client.id())
        .containsExactlyInAnyOrder(ann.id(), bob.id());
    assertThat(world.server().room("ws-default").except(ann.id()).clients())
        .extracting(client -> client.id())
        .containsExactly(bob.id());
    assertThat(world.server().user("bob").clients()).hasSize(1);
    assertThat(world.server().everyone().clients()).hasSize(2);
    assertThat(world.server().clients()).hasSize(3);
    assertThat(nobody.closed()).isEmpty();
  }

  @Test
  void leavingARoomThatOneIsNotInCostsNoCopyOfTheOthers() {
    Person ann = annWith(ANY);
    ann.join("a");
    Set<String> before = roomsOf(ann);
    ann.leave("x");

    assertThat(roomsOf(ann)).isSameAs(before);
  }
}
