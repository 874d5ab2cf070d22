package dev.roomcast.server.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.server.publish.PublishRequest.Target;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class PublishPolicyTest {

  @Property
  void letsNobodyIntoARoomFromOutside(
      @ForAll Set<Reach> allowed, @ForAll("names") String room, @ForAll Set<String> rooms) {
    Decision decision = new PublishPolicy(allowed).decide(new Target(room, null, null), rooms);

    assertThat(decision)
        .isEqualTo(
            rooms.contains(room)
                ? new Decision.ToRoom(room)
                : new Decision.Refused(PublishPolicy.NOT_IN_ROOM));
  }

  @Property
  void reachesBeyondRoomsOnlyWhereConfigured(
      @ForAll Set<Reach> allowed, @ForAll("targets") Target to) {
    Decision decision = new PublishPolicy(allowed).decide(to, Set.of());

    switch (decision) {
      case Decision.ToUser(String user) -> {
        assertThat(allowed).contains(Reach.USERS);
        assertThat(to).isEqualTo(new Target(null, user, null));
      }
      case Decision.ToClient(String client) -> {
        assertThat(allowed).contains(Reach.CLIENTS);
        assertThat(to).isEqualTo(new Target(null, null, client));
      }
      case Decision.Refused refused -> {}
      case Decision.ToRoom room -> throw new AssertionError("the sender is in no room");
      case Decision.ToAll all -> throw new AssertionError("all were not asked for");
    }
  }

  @Property
  void refusesWhatNamesNotExactlyOne(@ForAll("targets") Target to) {
    long named = Stream.of(to.room(), to.user(), to.client()).filter(Objects::nonNull).count();
    Decision decision =
        new PublishPolicy(EnumSet.allOf(Reach.class))
            .decide(to, to.room() == null ? Set.of() : Set.of(to.room()));

    assertThat(decision.equals(new Decision.Refused(PublishPolicy.AMBIGUOUS)))
        .isEqualTo(named != 1);
  }

  @Test
  void reachesAllOnlyWhereConfigured() {
    assertThat(new PublishPolicy(Set.of(Reach.ALL)).decide(null, Set.of()))
        .isEqualTo(new Decision.ToAll());
    assertThat(new PublishPolicy(Set.of(Reach.USERS)).decide(null, Set.of()))
        .isEqualTo(new Decision.Refused(PublishPolicy.NOT_ALLOWED));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("", "a", "b");
  }

  @Provide
  Arbitrary<Target> targets() {
    Arbitrary<String> name = names().injectNull(0.5);
    return Combinators.combine(name, name, name).as(Target::new);
  }
}
