package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.KeyExchange;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.cipher.FakeEncryption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application's own encryption: the protocol, sections 1.7 and 1.8. */
final class TransformerTest {
  private static final CloseStatus REQUIRED = new CloseStatus(4004, "Encryption required");

  /** Says what it was given, so that plaintext is never mistaken for it. */
  private static final OutboundTransformer<String> AT_ONCE =
      (client, event, data) -> CompletableFuture.completedFuture(hidden(event, data));

  @RegisterExtension final World world = new World();
  private int running;
  private int most;

  private static Transformed hidden(String event, Json data) {
    return Transformed.replaced("hidden", event + " " + data);
  }

  private void start(OutboundTransformer<String> transformer) {
    start(transformer, builder -> {});
  }

  private void start(
      OutboundTransformer<String> transformer, Consumer<RoomServerBuilder<String>> change) {
    world.start(
        builder -> {
          builder.outboundTransformer(transformer);
          change.accept(builder);
        });
  }

  private Person encrypted(String user) {
    return encrypt(world.login(user));
  }

  private Person encrypt(Person person) {
    assertThat(world.await(world.server().enableClientEncryption(person.id()))).isTrue();
    return person;
  }

  private OutboundTransformer<String> taking(Duration time) {
    return (client, event, data) -> {
      running++;
      most = Math.max(most, running);
      world.time.hooks().pause(time);
      running--;
      return CompletableFuture.completedFuture(hidden(event, data));
    };
  }

  @Test
  void sendsWhatTheTransformerYields() {
    start(AT_ONCE);
    Person ann = encrypted("ann");
    world.server().everyone().send("news", 1);
    world.server().everyone().send("nothing");
    world.settle();

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'hidden','data':'news 1'}", "{'event':'hidden','data':'nothing null'}");
    assertThat(world.server().find(ann.id()).orElseThrow().encrypted()).isTrue();
  }

  @Test
  void doesNotAskTheTransformerForPlainClients() {
    start(
        (client, event, data) -> {
          throw new AssertionError("asked for " + client);
        });
    Person ann = world.login("ann");
    world.server().everyone().send("news", 1);
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'news','data':1}");
  }

  @Test
  void sendsAMessageAsItIsWhereTheTransformerSaysSo() {
    start((client, event, data) -> CompletableFuture.completedFuture(Transformed.asIs()));
    Person ann = encrypted("ann");
    world.server().everyone().send("news", 1);
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'news','data':1}");
  }

  @Test
  void switchesAtItsPlaceInTheQueue() {
    start(AT_ONCE);
    Person ann = world.login("ann");
    world.server().client(ann.id()).send("before");
    var switched = world.server().enableClientEncryption(ann.id());
    world.server().client(ann.id()).send("after");
    world.await(switched);
    world.settle();

    assertThat(ann.hears())
        .containsExactly("{'event':'before'}", "{'event':'hidden','data':'after null'}");
  }

  @Test
  void switchesOnlyOnceAndForWhoIsAdmitted() {
    start(AT_ONCE);
    Person ann = encrypted("ann");
    Person nobody = world.connect();

    assertThat(world.await(world.server().enableClientEncryption(ann.id()))).isTrue();
    assertThat(world.await(world.server().enableClientEncryption("nobody"))).isFalse();
    assertThat(
            world.await(
                world.server().enableClientEncryption("00000000-0000-4000-8000-000000000003")))
        .isFalse();
    assertThat(nobody.closed()).isEmpty();
    world.server().everyone().send("news");
    world.settle();
    assertThat(ann.hears()).hasSize(1);
  }

  @Test
  void cannotSwitchWithoutATransformer() {
    world.start();
    Person ann = world.login("ann");

    assertThatIllegalStateException()
        .isThrownBy(() -> world.server().enableClientEncryption(ann.id()))
        .withMessageContaining("outboundTransformer");
  }

  @Test
  void exchangesKeysByTheApplicationWhereEncryptionIsRequired() {
    List<String> exchanged = new ArrayList<>();
    start(
        AT_ONCE,
        builder ->
            builder
                .options(options -> options.requireEncryption(true))
                .handshake(
                    (request, userId, data) -> {
                      exchanged.add(request.clientId() + " " + userId + " " + data);
                      return Optional.of(new KeyExchange("server's", "salted"));
                    }));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann','k':1}}");
    world.server().everyone().send("news");
    world.settle();

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'connected','data':{'id':'00000000-0000-4000-8000-000000000002',"
                + "'userId':'ann','time':'2026-01-31T12:00:00.000Z',"
                + "'serverPublicKey':'server\\u0027s','salt':'salted'}}".replace("\\u0027", "'"),
            "{'event':'hidden','data':'news null'}");
    assertThat(exchanged)
        .containsExactly(
            "00000000-0000-4000-8000-000000000002 ann " + Person.json("{'user':'ann','k':1}"));
  }

  @Test
  void refusesWhereTheApplicationsExchangeRefusesOrThrows() {
    start(
        AT_ONCE,
        builder ->
            builder
                .options(options -> options.requireEncryption(true))
                .handshake(
                    (request, userId, data) -> {
                      if (userId == null) {
                        throw new IllegalStateException("secret");
                      }
                      return Optional.empty();
                    }));
    for (String data : List.of("{'user':'ann'}", "{}")) {
      Person person = world.connect().say("{'event':'authenticate','data':" + data + "}");

      assertThat(person.hears())
          .containsExactly("{'event':'error','data':{'message':'Encryption handshake failed'}}");
      assertThat(person.closed()).contains(REQUIRED);
    }
    assertThat(world.count(Signal.HOOK_FAILED)).isEqualTo(1);
  }

  @Test
  void needsATransformerForTheApplicationsExchange() {
    assertThatIllegalStateException()
        .isThrownBy(
            () -> world.builder().handshake((request, user, data) -> Optional.empty()).build())
        .withMessageContaining("outboundTransformer");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                world
                    .builder()
                    .encryption(new FakeEncryption(false))
                    .outboundTransformer(AT_ONCE)
                    .handshake((request, user, data) -> Optional.empty())
                    .build())
        .withMessageContaining("expected one");
  }

  @Test
  void keepsTheOrderThoughLaterOnesAreQuicker() {
    start(
        (client, event, data) -> {
          world.time.hooks().pause(Duration.ofMillis(50 - 10 * Integer.parseInt(data.toString())));
          return CompletableFuture.completedFuture(hidden(event, data));
        });
    Person ann = encrypted("ann");
    IntStream.range(0, 4).forEach(i -> world.server().everyone().send("m", i));
    world.pass(Duration.ofSeconds(1));

    assertThat(ann.hears())
        .containsExactlyElementsOf(
            IntStream.range(0, 4)
                .mapToObj(i -> "{'event':'hidden','data':'m " + i + "'}")
                .toList());
  }

  @Test
  void takesStagesThatAreCompletedLaterOnAnyThread() {
    CompletableFuture<Transformed> later = new CompletableFuture<>();
    start((client, event, data) -> later);
    Person ann = encrypted("ann");
    world.server().everyone().send("news");
    world.settle();
    assertThat(ann.hears()).isEmpty();

    later.complete(Transformed.replaced("late", null));
    world.settle();
    assertThat(ann.hears()).containsExactly("{'event':'late','data':null}");
  }

  @Test
  void runsSoManyAtATimeAndOneForEachSession() {
    start(taking(Duration.ofMillis(50)));
    List<Person> many = IntStream.range(0, 25).mapToObj(i -> encrypted("user-" + i)).toList();
    world.server().everyone().send("a");
    world.server().everyone().send("b");
    world.pass(Duration.ofSeconds(2));

    assertThat(most).isEqualTo(10);
    many.forEach(person -> assertThat(person.hears()).hasSize(2));
  }

  @Test
  void runsAsManyAtATimeAsConfigured() {
    start(
        taking(Duration.ofMillis(50)),
        builder -> builder.options(options -> options.encryptedBatchLimit(3)));
    IntStream.range(0, 8).forEach(i -> encrypted("user-" + i));
    world.server().everyone().send("a");
    world.pass(Duration.ofSeconds(1));

    assertThat(most).isEqualTo(3);
  }

  @Test
  void runsOneAtATimeForASession() {
    start(taking(Duration.ofMillis(50)));
    encrypted("ann");
    IntStream.range(0, 5).forEach(i -> world.server().everyone().send("m", i));
    world.pass(Duration.ofSeconds(1));

    assertThat(most).isEqualTo(1);
  }

  @Test
  void countsOneThatTakesLongNoLonger() {
    start(
        taking(Duration.ofSeconds(3)),
        builder -> builder.options(options -> options.encryptedBatchLimit(1)));
    List<Person> many = IntStream.range(0, 3).mapToObj(i -> encrypted("user-" + i)).toList();
    world.server().everyone().send("a");
    world.pass(Duration.ofMillis(99));
    assertThat(running).isEqualTo(1);
    world.pass(Duration.ofMillis(2));
    assertThat(running).isEqualTo(2);
    world.pass(Duration.ofMillis(101));
    assertThat(running).isEqualTo(3);

    world.pass(Duration.ofSeconds(4));
    many.forEach(person -> assertThat(person.hears()).hasSize(1));
  }

  @Test
  void holdsUpNobodyElseWhereOneHangs() {
    CompletableFuture<Transformed> never = new CompletableFuture<>();
    start(
        (client, event, data) ->
            client.userId().orElseThrow().equals("hangs")
                ? never
                : CompletableFuture.completedFuture(hidden(event, data)),
        builder -> builder.options(options -> options.encryptedBatchLimit(1)));
    Person hangs = encrypted("hangs");
    Person plain = world.login("plain");
    Person other = encrypted("other");
    for (int i = 0; i < 3; i++) {
      world.server().everyone().send("m", i);
    }
    world.settle();
    assertThat(plain.hears()).hasSize(3);

    world.pass(Duration.ofMillis(101));
    assertThat(other.hears()).hasSize(3);
    assertThat(hangs.closed()).isEmpty();
  }

  @Test
  void closesWhereATransformationTakesTooLong() {
    start((client, event, data) -> new CompletableFuture<>());
    Person ann = encrypted("ann");
    world.server().everyone().send("a");
    world.server().everyone().send("b");
    world.pass(Duration.ofMillis(4_999));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofMillis(1));

    assertThat(ann.closed()).contains(REQUIRED);
    assertThat(ann.hears()).isEmpty();
    assertThat(world.goodbyeTo(ann).cause())
        .isEqualTo(new Disconnection(4004, "Encryption required", true));
    assertThat(world.count(Signal.MESSAGE_DROPPED_UNENCRYPTED)).isEqualTo(1);
    assertThat(world.count(Signal.MESSAGE_DROPPED_CLOSED)).isEqualTo(1);
  }

  @Test
  void sendsNothingThatComesTooLate() {
    CompletableFuture<Transformed> late = new CompletableFuture<>();
    start((client, event, data) -> late);
    Person ann = encrypted("ann");
    world.server().everyone().send("a");
    world.pass(Duration.ofSeconds(5));
    late.complete(Transformed.asIs());
    world.settle();

    assertThat(ann.hears()).isEmpty();
    assertThat(ann.wire.handedOver()).hasSize(1); // connected
  }

  private void closesAfterWhatWasTransformedBefore(OutboundTransformer<String> failing) {
    start(
        (client, event, data) ->
            event.equals("fails")
                ? failing.transform(client, event, data)
                : CompletableFuture.completedFuture(hidden(event, data)));
    Person ann = encrypted("ann");
    Person plain = world.login("plain");
    world.server().everyone().send("good");
    world.server().everyone().send("fails");
    world.server().everyone().send("never");
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'hidden','data':'good null'}");
    assertThat(ann.closed()).contains(REQUIRED);
    assertThat(plain.hears()).hasSize(3);
    assertThat(world.count(Signal.MESSAGE_DROPPED_UNENCRYPTED)).isEqualTo(1);
  }

  @Test
  void closesWhereTheTransformerThrows() {
    closesAfterWhatWasTransformedBefore(
        (client, event, data) -> {
          throw new IllegalStateException("secret");
        });
  }

  @Test
  void closesWhereTheTransformersStageFails() {
    closesAfterWhatWasTransformedBefore(
        (client, event, data) ->
            CompletableFuture.failedFuture(new IllegalStateException("secret")));
  }

  @Test
  void closesWhereTheTransformerYieldsNoStage() {
    closesAfterWhatWasTransformedBefore((client, event, data) -> null);
  }

  @Test
  void closesWhereTheTransformerYieldsNothing() {
    closesAfterWhatWasTransformedBefore(
        (client, event, data) -> CompletableFuture.completedFuture(null));
  }

  @Test
  void closesWhereTheTransformerYieldsWhatCannotBeWritten() {
    List<Object> cyclic = new ArrayList<>();
    cyclic.add(cyclic);
    closesAfterWhatWasTransformedBefore(
        (client, event, data) ->
            CompletableFuture.completedFuture(Transformed.replaced("x", cyclic)));
  }

  @Test
  void flushesWhatWasTransformedThoughTheSocketIsBusy() {
    start(
        (client, event, data) ->
            event.equals("fails")
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.completedFuture(hidden(event, data)));
    Person ann = encrypted("ann");
    ann.wire.block();
    world.server().everyone().send("good");
    world.server().everyone().send("fails");
    world.settle();
    ann.wire.unblock();
    world.settle();

    assertThat(ann.hears()).containsExactly("{'event':'hidden','data':'good null'}");
    assertThat(ann.closed()).contains(REQUIRED);
  }

  @Test
  void closesAfterWhatIsStillTransformed() {
    start(taking(Duration.ofMillis(200)));
    Person ann = encrypted("ann");
    world.server().everyone().send("a");
    world.server().everyone().send("b");
    world.server().client(ann.id()).disconnect("bye");
    world.settle();
    assertThat(ann.closed()).isEmpty();
    assertThat(world.goodbyes).hasSize(1);
    world.pass(Duration.ofSeconds(1));

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'hidden','data':'a null'}", "{'event':'hidden','data':'b null'}");
    assertThat(ann.closed()).contains(new CloseStatus(4007, "bye"));
  }

  @Test
  void waitsNoLongerThanTheCloseTimeOutForWhatIsStillTransformed() {
    start(
        taking(Duration.ofSeconds(3)),
        builder -> builder.options(options -> options.closeTimeout(Duration.ofSeconds(4))));
    Person ann = encrypted("ann");
    world.server().everyone().send("a");
    world.server().everyone().send("b");
    world.server().client(ann.id()).disconnect("bye");
    world.pass(Duration.ofSeconds(4));

    assertThat(ann.hears()).containsExactly("{'event':'hidden','data':'a null'}");
    assertThat(ann.closed()).contains(new CloseStatus(4007, "bye"));
    assertThat(world.count(Signal.MESSAGE_DROPPED_CLOSED)).isEqualTo(1);
    assertThat(world.transport.connections()).isZero();
  }

  @Test
  void endsWithinTheCloseTimeOutThoughATransformationHangsAndNobodyAnswers() {
    start(
        (client, event, data) -> new CompletableFuture<>(),
        builder -> builder.options(options -> options.closeTimeout(Duration.ofSeconds(4))));
    Person ann = encrypted("ann");
    ann.wire.ignoreCloses();
    world.server().everyone().send("a");
    world.server().client(ann.id()).disconnect("bye");
    world.pass(Duration.ofMillis(3_999));
    assertThat(world.transport.connections()).isEqualTo(1);
    world.pass(Duration.ofMillis(1));

    assertThat(world.transport.connections()).isZero();
    assertThat(ann.closed()).contains(new CloseStatus(4007, "bye"));
    assertThat(ann.hears()).isEmpty();
  }

  @Test
  void endsWithinTheCloseTimeOutThoughTransformationsTookMostOfItAndNobodyAnswers() {
    start(
        taking(Duration.ofSeconds(3)),
        builder -> builder.options(options -> options.closeTimeout(Duration.ofSeconds(4))));
    Person ann = encrypted("ann");
    ann.wire.ignoreCloses();
    world.server().everyone().send("a");
    world.server().client(ann.id()).disconnect("bye");
    world.pass(Duration.ofSeconds(4));

    assertThat(world.transport.connections()).isZero();
    assertThat(ann.hears()).containsExactly("{'event':'hidden','data':'a null'}");
    assertThat(ann.closed()).contains(new CloseStatus(4007, "bye"));
  }

  @Test
  void givesUpAnExchangeThatHangs() {
    start(
        AT_ONCE,
        builder ->
            builder
                .options(options -> options.requireEncryption(true))
                .handshake(
                    (request, userId, data) -> {
                      world.time.hooks().pause(Duration.ofMinutes(1));
                      return Optional.of(new KeyExchange("late", "late"));
                    }));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");
    world.server().everyone().send("secret");
    world.pass(Duration.ofSeconds(15));

    assertThat(ann.closed()).contains(new CloseStatus(4001, "Authentication timeout"));
    world.pass(Duration.ofMinutes(2));
    assertThat(ann.hears()).isEmpty();
    assertThat(world.goodbyes.getFirst().cause().admitted()).isFalse();
  }

  @Test
  void countsWhatWaitedForATransformationWhenTheConnectionBroke() {
    start(taking(Duration.ofSeconds(1)));
    Person ann = encrypted("ann");
    IntStream.range(0, 3).forEach(i -> world.server().everyone().send("m", i));
    world.settle();
    ann.wire.vanish();
    world.pass(Duration.ofSeconds(3));

    assertThat(world.count(Signal.MESSAGE_DROPPED_CLOSED)).isEqualTo(3);
    assertThat(world.goodbyes).hasSize(1);
  }

  @Test
  void closesAClientForWhichTooMuchWaits() {
    start(
        (client, event, data) -> new CompletableFuture<>(),
        builder -> builder.options(options -> options.backpressureLimit(1_024)));
    Person ann = encrypted("ann");
    for (int i = 0; i < 1_000; i++) {
      world.server().everyone().send("m", "x".repeat(1_000));
    }
    world.settle();

    assertThat(world.goodbyeTo(ann).cause().code()).isEqualTo(4005);
    assertThat(world.count(Signal.MESSAGE_DROPPED_CLOSED)).isGreaterThan(100);
  }

  @Test
  void tellsOfAGapOnceWhatWaitedWasTransformed() {
    CompletableFuture<Transformed> door = new CompletableFuture<>();
    start(
        (client, event, data) ->
            event.equals("gap")
                ? CompletableFuture.completedFuture(Transformed.asIs())
                : door.thenApply(open -> Transformed.replaced("m", 1)),
        builder ->
            builder.options(
                options -> options.backpressureLimit(1_024).closeOnBackpressureLimit(false)));
    Person ann = encrypted("ann");
    for (int i = 0; i < 1_000; i++) {
      world.server().everyone().send("m", "x".repeat(1_000));
    }
    world.settle();
    long dropped = world.count(Signal.MESSAGE_DROPPED_SLOW);
    assertThat(dropped).isBetween(1L, 999L);
    door.complete(Transformed.asIs());
    world.pass(Duration.ofSeconds(1));

    assertThat(ann.hears())
        .hasSize((int) (1_000 - dropped) + 1)
        .last()
        .isEqualTo("{'event':'gap','data':{'dropped':" + dropped + "}}");
  }
}
