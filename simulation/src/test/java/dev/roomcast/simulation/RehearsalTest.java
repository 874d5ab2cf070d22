package dev.roomcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class RehearsalTest {
  private static final String AUTHENTICATE = "{\"event\":\"authenticate\"}";
  private static final String SAY = "{\"event\":\"say\",\"data\":1}";

  /** Sends what one says to everyone, after a while. */
  private static RoomServerBuilder<Void> application(Rehearsal<?>[] world) {
    return RoomServer.<Void>builder()
        .codec(JacksonCodec.create())
        .authenticator(Json.class, (data, request) -> Optional.of(Admission.anonymous()))
        .on(
            "say",
            Json.class,
            (call, data) -> {
              world[0].time().hooks().pause(Duration.ofMillis(10));
              call.server().everyone().send("said", data);
            });
  }

  private static Rehearsal<Void> rehearse(long seed) {
    Rehearsal<?>[] world = new Rehearsal<?>[1];
    Rehearsal<Void> rehearsal = Rehearsal.of(seed, application(world));
    world[0] = rehearsal;
    return rehearsal;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Steps.of(Arbitraries.of(AUTHENTICATE, SAY, "{"), 60);
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void repeatsARunFromItsSeed(@ForAll long seed, @ForAll("steps") List<Step> steps) {
    assertThat(run(seed, steps)).isEqualTo(run(seed, steps));
  }

  private static List<List<String>> run(long seed, List<Step> steps) {
    List<List<String>> received = new ArrayList<>();
    try (Rehearsal<Void> rehearsal = rehearse(seed)) {
      rehearsal.perform(steps);
      rehearsal.clients().forEach(client -> received.add(client.received()));
    }
    return received;
  }

  @Test
  void triesAnotherOrderForAnotherSeed() {
    List<Step> steps = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      steps.add(new Step.Connect());
      steps.add(new Step.Say(client, AUTHENTICATE));
      steps.add(new Step.Say(client, SAY));
    }
    List<List<List<String>>> runs = new ArrayList<>();
    for (long seed = 0; seed < 50; seed++) {
      runs.add(run(seed, steps));
    }

    assertThat(runs.stream().distinct().count()).isGreaterThan(1);
  }

  @Test
  void waitsWithTheHooks() {
    try (Rehearsal<Void> rehearsal = rehearse(1)) {
      SimulatedClient client = rehearsal.connect();
      client.send(AUTHENTICATE);
      rehearsal.settle();
      client.takeReceived();
      client.send(SAY);
      rehearsal.pass(Duration.ofMillis(9));
      assertThat(client.received()).isEmpty();
      rehearsal.pass(Duration.ofMillis(1));

      assertThat(client.received()).containsExactly("{\"event\":\"said\",\"data\":1}");
    }
  }

  @Test
  void doesNothingForAClientThatIsNotThere() {
    try (Rehearsal<Void> rehearsal = rehearse(1)) {
      rehearsal.perform(List.of(new Step.Say(3, SAY), new Step.Vanish(0), new Step.Pass(1)));

      assertThat(rehearsal.clients()).isEmpty();
    }
  }

  @Test
  void failsWhereAStepThrows() {
    Rehearsal<Void> rehearsal = rehearse(1);
    rehearsal
        .time()
        .newLane("mine")
        .executeAfter(
            Duration.ofMillis(1),
            () -> {
              throw new IllegalStateException("on purpose");
            });

    assertThatThrownBy(() -> rehearsal.pass(Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("on purpose");
  }
}
