package dev.roomcast.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Handshake;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class RoomShareTest {
  private final RoomShare share = new RoomShare(null);

  @Example
  void saysWhenTheLastLeft() {
    RoomShare.Membership one = share.add(session("a"));
    RoomShare.Membership two = share.add(session("b"));

    one.end();
    assertThat(two.lastLeft()).isFalse();
    two.end();
    assertThat(two.lastLeft()).isTrue();
    assertThat(share.snapshot()).isEmpty();
  }

  @Property
  void holdsWhoJoinedAndDidNotLeave(@ForAll("steps") List<Step> steps) {
    RoomShare tested = new RoomShare(null);
    Map<Session, RoomShare.Membership> model = new LinkedHashMap<>();
    for (Step step : steps) {
      if (step.join()) {
        Session session = session("client-" + model.size());
        model.put(session, tested.add(session));
      } else if (!model.isEmpty()) {
        Session leaver = List.copyOf(model.keySet()).get(step.which() % model.size());
        model.remove(leaver).end();
      }
      assertThat(tested.snapshot()).containsExactlyInAnyOrderElementsOf(model.keySet());
      assertThat(visited(tested)).containsExactlyInAnyOrderElementsOf(model.keySet());
    }
  }

  @Property
  void visitsEveryMemberOnceWhileTheOneAtHandLeaves(
      @ForAll @IntRange(min = 1, max = 20) int members, @ForAll Set<Integer> leavers) {
    RoomShare tested = new RoomShare(null);
    Map<Session, RoomShare.Membership> memberships = new LinkedHashMap<>();
    List<Session> sessions =
        IntStream.range(0, members).mapToObj(i -> session("client-" + i)).toList();
    sessions.forEach(session -> memberships.put(session, tested.add(session)));
    Set<Session> leave =
        leavers.stream()
            .map(i -> sessions.get(Math.floorMod(i, members)))
            .collect(Collectors.toSet());

    List<Session> visited = new ArrayList<>();
    tested.forEach(
        session -> {
          visited.add(session);
          if (leave.contains(session)) {
            memberships.get(session).end();
          }
        });

    assertThat(visited).containsExactlyInAnyOrderElementsOf(sessions);
    assertThat(tested.snapshot())
        .containsExactlyInAnyOrderElementsOf(
            sessions.stream().filter(session -> !leave.contains(session)).toList());
  }

  /** Joins with a new session, or ends one of the memberships. */
  record Step(boolean join, int which) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(true, true, false), Arbitraries.integers().between(0, 20))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  private static List<Session> visited(RoomShare share) {
    List<Session> visited = new ArrayList<>();
    share.forEach(visited::add);
    return visited;
  }

  /** A session that is a name and an identity, and nothing else happens to it. */
  private static Session session(String id) {
    var peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    var context =
        new ServerContext(
            ServerOptions.defaults(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            TimeSource.system(),
            null,
            null,
            null);
    return new Session(id, null, new Handshake(peer, "/", Map.of(), Map.of(), null), null, context);
  }
}
