package dev.roomcast.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.internal.model.SessionEvent.MessageKind;
import dev.roomcast.core.internal.model.SessionEvent.Outcome;
import dev.roomcast.core.internal.model.SessionState.Authenticated;
import dev.roomcast.core.internal.model.SessionState.Authenticating;
import dev.roomcast.core.internal.model.SessionState.Disconnected;
import dev.roomcast.core.internal.model.SessionState.Renewal;
import dev.roomcast.core.internal.model.SessionState.Unauthorized;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of the protocol's sections 1.1 to 1.3: every state with every event. */
final class SessionMachineTest {
  private static final Ending ASKED = new Ending(4007, "Disconnected");
  private static final Ending BROKE = new Ending(1006, "");

  /** A renewal keeps the id of its request, {@code 1}; events bring {@code 7}. */
  private static final Map<String, SessionState> STATES = new LinkedHashMap<>();

  static {
    STATES.put("unauthorized", new Unauthorized());
    STATES.put("authenticating", new Authenticating("1"));
    STATES.put("authenticated", new Authenticated(false, null));
    STATES.put("renewable", new Authenticated(true, null));
    STATES.put("renewing", new Authenticated(true, new Renewal("1")));
    STATES.put("disconnected", new Disconnected(ASKED, true));
  }

  private static final Map<String, SessionEvent> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put("no envelope", new SessionEvent.Malformed("7"));
    EVENTS.put("heartbeat", received(MessageKind.HEARTBEAT));
    EVENTS.put("authenticate", received(MessageKind.AUTHENTICATE));
    EVENTS.put("encrypted", received(MessageKind.ENCRYPTED));
    EVENTS.put("any other", received(MessageKind.ORDINARY));
    EVENTS.put("accepted", ended(new Outcome.Accepted(false, true)));
    EVENTS.put("accepted with expiry", ended(new Outcome.Accepted(true, true)));
    EVENTS.put("accepted another", ended(new Outcome.Accepted(true, false)));
    EVENTS.put("refused", ended(new Outcome.Refused()));
    EVENTS.put("too many", ended(new Outcome.TooMany()));
    EVENTS.put("threw", ended(new Outcome.Threw()));
    EVENTS.put("no handshake", ended(new Outcome.HandshakeFailed()));
    EVENTS.put("crashed", ended(new Outcome.Crashed()));
    EVENTS.put("time is over", new SessionEvent.AuthenticationTimedOut());
    EVENTS.put("renewal too slow", new SessionEvent.RenewalTimedOut());
    EVENTS.put("fell silent", new SessionEvent.FellSilent());
    EVENTS.put("expired", new SessionEvent.Expired());
    EVENTS.put("close asked", new SessionEvent.CloseAsked(ASKED, Backlog.DISCARD));
    EVENTS.put("connection ended", new SessionEvent.ConnectionEnded(BROKE));
  }

  private static final String TABLE =
      """
      event                | unauthorized                     | authenticating                                                            | authenticated                    | renewable                        | renewing
      no envelope          | error 7 Invalid message format   | error 7 Invalid message format                                            | error 7 Invalid message format   | error 7 Invalid message format   | error 7 Invalid message format
      heartbeat            | -                                | -                                                                         | -                                | -                                | -
      authenticate         | ask, now authenticating 7        | error 7 Already authenticated                                             | error 7 Already authenticated    | renew, now renewing 7            | error 7 Already authenticated
      encrypted            | error 7 Not authenticated        | error 7 Not authenticated                                                 | decrypt                          | decrypt                          | decrypt
      any other            | error 7 Not authenticated        | error 7 Not authenticated                                                 | handle                           | handle                           | handle
      accepted             | -                                | admit, now authenticated                                                  | -                                | -                                | renewed 1, now authenticated
      accepted with expiry | -                                | admit, now renewable                                                      | -                                | -                                | renewed 1, now renewable
      accepted another     | -                                | admit, now renewable                                                      | -                                | -                                | error 1 Authentication failed, retire, close 4003 Authentication failed
      refused              | -                                | error 1 Authentication failed, retire, close 4003 Authentication failed   | -                                | -                                | error 1 Authentication failed, retire, close 4003 Authentication failed
      too many             | -                                | error 1 Too many sessions, retire, close 4003 Authentication failed       | -                                | -                                | error 1 Too many sessions, retire, close 4003 Authentication failed
      threw                | -                                | error 1 Authentication error, retire, close 4003 Authentication failed    | -                                | -                                | error 1 Authentication error, retire, close 4003 Authentication failed
      no handshake         | -                                | error 1 Encryption handshake failed, retire, close 4004 Encryption required | -                              | -                                | error 1 Encryption handshake failed, retire, close 4004 Encryption required
      crashed              | -                                | retire, close 1011 Internal error                                         | -                                | -                                | retire, close 1011 Internal error
      time is over         | retire, close 4001 Authentication timeout | retire, close 4001 Authentication timeout                        | -                                | -                                | -
      renewal too slow     | -                                | -                                                                         | -                                | -                                | retire, close 4001 Authentication timeout
      fell silent          | -                                | -                                                                         | retire, close 4002 Heartbeat timeout | retire, close 4002 Heartbeat timeout | retire, close 4002 Heartbeat timeout
      expired              | -                                | -                                                                         | retire, close 4008 Authentication expired | retire, close 4008 Authentication expired | retire, close 4008 Authentication expired
      close asked          | retire, discard and close 4007 Disconnected | retire, discard and close 4007 Disconnected                    | retire, discard and close 4007 Disconnected | retire, discard and close 4007 Disconnected | retire, discard and close 4007 Disconnected
      connection ended     | retire                           | retire                                                                    | retire                           | retire                           | retire
      """;

  static Stream<Arguments> cells() {
    List<List<String>> rows =
        TABLE
            .lines()
            .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
            .toList();
    List<String> states = rows.getFirst();
    return rows.stream()
        .skip(1)
        .flatMap(
            row ->
                Stream.iterate(1, column -> column < states.size(), column -> column + 1)
                    .map(at -> Arguments.of(states.get(at), row.getFirst(), row.get(at))));
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @MethodSource("cells")
  void followsTheTable(String state, String event, String expected) {
    assertThat(describe(state, SessionMachine.step(STATES.get(state), EVENTS.get(event))))
        .isEqualTo(expected);
  }

  @Test
  void knowsEveryStateAndEventInTheTable() {
    long unreached = STATES.size() - 1L; // nothing happens in the final state: the next test
    assertThat(cells()).hasSize((int) unreached * EVENTS.size());
  }

  static Stream<Arguments> events() {
    return EVENTS.entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void doesNothingOnceDisconnected(String name, SessionEvent event) {
    SessionState over = new Disconnected(ASKED, true);

    assertThat(SessionMachine.step(over, event)).isEqualTo(new Transition(over, List.of()));
  }

  static Stream<Arguments> live() {
    return Stream.of(
        Arguments.of("unauthorized", false),
        Arguments.of("authenticating", false),
        Arguments.of("authenticated", true),
        Arguments.of("renewable", true),
        Arguments.of("renewing", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("live")
  void tellsWhetherWhoEndedHadBeenAdmitted(String state, boolean admitted) {
    Transition end =
        SessionMachine.step(STATES.get(state), new SessionEvent.ConnectionEnded(BROKE));

    assertThat(end.next()).isEqualTo(new Disconnected(BROKE, admitted));
    assertThat(end.effects()).containsExactly(new Effect.Retire(BROKE, admitted));
  }

  private static SessionEvent received(MessageKind kind) {
    return new SessionEvent.Received(kind, "7");
  }

  private static SessionEvent ended(Outcome outcome) {
    return new SessionEvent.AuthenticationEnded(outcome);
  }

  private static String describe(String before, Transition transition) {
    String effects =
        transition.effects().stream()
            .map(SessionMachineTest::describe)
            .collect(Collectors.joining(", "));
    boolean stays = STATES.get(before).equals(transition.next());
    String said = effects.isEmpty() ? "-" : effects;
    return stays || transition.next() instanceof Disconnected
        ? said
        : said + ", now " + describe(transition.next());
  }

  private static String describe(SessionState state) {
    return switch (state) {
      case Unauthorized u -> "unauthorized";
      case Authenticating(String id) -> "authenticating " + id;
      case Authenticated(boolean renewable, Renewal renewal) when renewal != null ->
          renewable ? "renewing " + renewal.requestId() : "renewing what has no expiry";
      case Authenticated a -> a.renewable() ? "renewable" : "authenticated";
      case Disconnected d -> "disconnected";
    };
  }

  private static String describe(Effect effect) {
    return switch (effect) {
      case Effect.Answer(ErrorText error, String id) -> "error " + id + " " + error.text();
      case Effect.Authenticate a -> "ask";
      case Effect.Renew r -> "renew";
      case Effect.Admit a -> "admit";
      case Effect.Renewed(String id) -> "renewed " + id;
      case Effect.Enqueue e -> "handle";
      case Effect.Decrypt d -> "decrypt";
      case Effect.Retire r -> "retire";
      case Effect.Close(Ending how, Backlog backlog) ->
          (backlog == Backlog.DISCARD ? "discard and " : "")
              + ("close " + how.code() + " " + how.reason());
    };
  }
}
