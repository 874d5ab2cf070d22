package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.core.hook.Transformed;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The application's own encryption: what is transformed, when, and in which order. */
final class TransformerTest extends TransformerFixture {
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
}
