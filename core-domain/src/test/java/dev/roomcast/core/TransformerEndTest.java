package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages that still wait for their transformation when the client ends, or is too slow. */
final class TransformerEndTest extends TransformerFixture {
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
  void countsNobodyAsTooSlowWhoIsClosingForAnotherReason() {
    start(
        taking(Duration.ofMillis(200)),
        builder -> builder.options(options -> options.backpressureLimit(1_024)));
    Person ann = encrypted("ann");
    ann.wire.block();
    for (int i = 0; i < 3; i++) {
      world.server().everyone().send("m", "x".repeat(2_000));
    }
    world.server().client(ann.id()).disconnect("bye");
    world.pass(Duration.ofSeconds(1));

    assertThat(world.goodbyeTo(ann).cause().code()).isEqualTo(4007);
    assertThat(world.count(Signal.SLOW_CONSUMER_CLOSED)).isZero();
    assertThat(world.takeWarnings()).isEmpty();
  }

  @Test
  void countsWhatASmallMessageHoldsBesidesItsBytesWhileItWaits() {
    start(
        taking(Duration.ofSeconds(1)),
        builder -> builder.options(options -> options.backpressureLimit(1_024)));
    Person ann = encrypted("ann");
    for (int i = 0; i < 1_000; i++) {
      world.server().client(ann.id()).send("m");
    }
    world.settle();

    assertThat(world.goodbyeTo(ann).cause().code()).isEqualTo(4005);
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
