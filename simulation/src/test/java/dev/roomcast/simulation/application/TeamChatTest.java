package dev.roomcast.simulation.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.simulation.Rehearsal;
import dev.roomcast.simulation.Step;
import dev.roomcast.simulation.Steps;
import dev.roomcast.simulation.application.TeamChat.Member;
import dev.roomcast.testkit.transport.SimulatedClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TeamChatTest {

  @Test
  void carriesWhatIsSaidToTheTeam() {
    try (Rehearsal<Member> chat = Rehearsal.of(1, TeamChat.builder())) {
      SimulatedClient ada = chat.connect();
      ada.send("{\"event\":\"authenticate\",\"data\":{\"name\":\"ada\",\"team\":\"red\"}}");
      chat.settle();
      ada.send("{\"event\":\"join\",\"data\":{\"rooms\":[\"red\",\"blue\"]},\"id\":\"1\"}");
      ada.send("{\"event\":\"say\",\"data\":\"hello\"}");
      chat.settle();

      assertThat(ada.received())
          .endsWith(
              "{\"event\":\"join\",\"data\":{\"rooms\":[\"red\"]},\"id\":\"1\"}",
              "{\"event\":\"said\",\"data\":\"red: hello\"}");
    }
  }

  @Test
  void closesWhoDoesNotAuthenticateInTime() {
    try (Rehearsal<Member> chat = Rehearsal.of(1, TeamChat.builder())) {
      SimulatedClient silent = chat.connect();
      chat.pass(Duration.ofSeconds(5));

      assertThat(silent.closed().orElseThrow().code()).isEqualTo(4001);
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    String ada = "{\"event\":\"authenticate\",\"data\":{\"name\":\"ada\",\"team\":\"red\"}}";
    String bob = "{\"event\":\"authenticate\",\"data\":{\"name\":\"bob\",\"team\":\"blue\"}}";
    Arbitrary<String> texts =
        Arbitraries.of(
            ada,
            bob,
            "{\"event\":\"join\",\"data\":{\"rooms\":[\"red\",\"blue\"]}}",
            "{\"event\":\"leave\",\"data\":{\"rooms\":[\"red\"]}}",
            "{\"event\":\"say\",\"data\":\"hello\"}",
            "{");
    return Steps.loggedIn(List.of(ada, bob), texts, 60);
  }

  @Property(tries = 200)
  void nobodyHearsTwoTeams(@ForAll long seed, @ForAll("steps") List<Step> steps) {
    try (Rehearsal<Member> chat = Rehearsal.of(seed, TeamChat.builder())) {
      chat.perform(steps);

      assertThat(chat.clients()).noneMatch(TeamChatTest::hearsTwoTeams);
    }
  }

  /** That the property above can fail at all, and soon. */
  @Example
  void someoneHearsTwoTeamsWhereTheRuleIsBroken() {
    Random random = new Random(1);
    RandomGenerator<List<Step>> steps = steps().generator(/* genSize= */ 200);
    int broken = 0;
    for (int run = 0; run < 50; run++) {
      var anyRoom = TeamChat.builder().rooms((client, asked) -> asked);
      try (Rehearsal<Member> chat = Rehearsal.of(run, anyRoom)) {
        chat.perform(steps.next(random).value());
        broken += chat.clients().stream().anyMatch(TeamChatTest::hearsTwoTeams) ? 1 : 0;
      }
    }

    assertThat(broken).isGreaterThan(5);
  }

  private static boolean hearsTwoTeams(SimulatedClient client) {
    return hears(client, "red") && hears(client, "blue");
  }

  private static boolean hears(SimulatedClient client, String team) {
    return client.received().toString().contains("\"said\",\"data\":\"" + team);
  }
}
