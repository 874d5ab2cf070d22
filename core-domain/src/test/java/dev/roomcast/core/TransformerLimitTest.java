package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.hook.Transformed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many transformations run at a time, and whom a slow one holds up. */
final class TransformerLimitTest extends TransformerFixture {
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
}
