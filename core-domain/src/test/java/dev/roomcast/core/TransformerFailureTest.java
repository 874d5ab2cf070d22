package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.observation.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Transformers that fail: nothing goes out in the clear. */
final class TransformerFailureTest extends TransformerFixture {
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
}
