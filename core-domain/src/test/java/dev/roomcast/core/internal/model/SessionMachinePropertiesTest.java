package dev.roomcast.core.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.internal.model.SessionEvent.MessageKind;
import dev.roomcast.core.internal.model.SessionEvent.Outcome;
import dev.roomcast.core.internal.model.SessionState.Disconnected;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** What holds for every sequence of events, possible in practice or not. */
final class SessionMachinePropertiesTest {

  @Property
  void retiresExactlyOnceAndThenIsOver(@ForAll("histories") List<SessionEvent> history) {
    Run run = Run.of(history);

    boolean over = run.state instanceof Disconnected;
    assertThat(run.effects.stream().filter(Effect.Retire.class::isInstance)).hasSize(over ? 1 : 0);
  }

  @Property
  void closesAtMostOnceAndOnlyAfterItRetired(@ForAll("histories") List<SessionEvent> history) {
    List<Effect> effects = Run.of(history).effects;

    int close = indexOf(effects, Effect.Close.class);
    if (close >= 0) {
      assertThat(indexOf(effects, Effect.Retire.class)).isBetween(0, close - 1);
      assertThat(close).isEqualTo(effects.size() - 1);
    }
  }

  @Property
  void answersWithErrorsAloneUntilItAdmits(@ForAll("histories") List<SessionEvent> history) {
    List<Effect> effects = Run.of(history).effects;

    int admit = indexOf(effects, Effect.Admit.class);
    List<Effect> before = admit < 0 ? effects : effects.subList(0, admit);
    assertThat(before)
        .allMatch(
            effect ->
                effect instanceof Effect.Answer
                    || effect instanceof Effect.Authenticate
                    || effect instanceof Effect.Retire
                    || effect instanceof Effect.Close);
  }

  @Property
  void admitsAtMostOnceAndOnlyWhomTheAuthenticatorWasAskedFor(
      @ForAll("histories") List<SessionEvent> history) {
    List<Effect> effects = Run.of(history).effects;

    assertThat(effects.stream().filter(Effect.Authenticate.class::isInstance))
        .hasSizeLessThanOrEqualTo(1);
    int admit = indexOf(effects, Effect.Admit.class);
    if (admit >= 0) {
      assertThat(indexOf(effects, Effect.Authenticate.class)).isBetween(0, admit - 1);
      assertThat(indexOf(effects.subList(admit + 1, effects.size()), Effect.Admit.class))
          .isEqualTo(-1);
    }
  }

  @Property
  void renewsOnlyWhatItAskedFor(@ForAll("histories") List<SessionEvent> history) {
    int open = 0;
    for (Effect effect : Run.of(history).effects) {
      open += effect instanceof Effect.Renew ? 1 : effect instanceof Effect.Renewed ? -1 : 0;
      assertThat(open).isBetween(0, 1);
    }
  }

  @Property
  void saysTheSameOfTheEndEverywhere(@ForAll("histories") List<SessionEvent> history) {
    Run run = Run.of(history);

    if (run.state instanceof Disconnected(Ending status, boolean admitted)) {
      assertThat(run.effects).contains(new Effect.Retire(status, admitted));
      assertThat(admitted).isEqualTo(indexOf(run.effects, Effect.Admit.class) >= 0);
      run.effects.stream()
          .filter(Effect.Close.class::isInstance)
          .map(Effect.Close.class::cast)
          .forEach(close -> assertThat(close.status()).isEqualTo(status));
    }
  }

  @Provide
  Arbitrary<List<SessionEvent>> histories() {
    return events().list().ofMaxSize(12);
  }

  private static Arbitrary<SessionEvent> events() {
    Arbitrary<String> ids = Arbitraries.of("1", "2").injectNull(0.3);
    Arbitrary<Ending> endings = Arbitraries.of(Closes.SHUTTING_DOWN, Closes.disconnected("bye"));
    // The way in and the way round are made likely, so that histories get far.
    return Arbitraries.frequencyOf(
        tuple(
            4,
            Combinators.combine(Arbitraries.of(MessageKind.class), ids)
                .as(SessionEvent.Received::new)),
        tuple(3, ids.map(id -> new SessionEvent.Received(MessageKind.AUTHENTICATE, id))),
        tuple(3, accepted()),
        tuple(1, outcomes().map(SessionEvent.AuthenticationEnded::new)),
        tuple(1, ids.map(SessionEvent.Malformed::new)),
        tuple(
            1,
            Arbitraries.of(
                new SessionEvent.AuthenticationTimedOut(),
                new SessionEvent.RenewalTimedOut(),
                new SessionEvent.FellSilent(),
                new SessionEvent.Expired())),
        tuple(
            1,
            Combinators.combine(endings, Arbitraries.of(Backlog.class))
                .as(SessionEvent.CloseAsked::new)),
        tuple(1, endings.map(SessionEvent.ConnectionEnded::new)));
  }

  private static Arbitrary<SessionEvent> accepted() {
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, true, false))
        .as(
            (renewable, same) ->
                new SessionEvent.AuthenticationEnded(new Outcome.Accepted(renewable, same)));
  }

  private static Arbitrary<Outcome> outcomes() {
    return Arbitraries.of(
        new Outcome.Refused(),
        new Outcome.TooMany(),
        new Outcome.Threw(),
        new Outcome.HandshakeFailed(),
        new Outcome.Crashed());
  }

  private static Tuple2<Integer, Arbitrary<? extends SessionEvent>> tuple(
      int weight, Arbitrary<? extends SessionEvent> events) {
    return Tuple.of(weight, events);
  }

  private static int indexOf(List<Effect> effects, Class<? extends Effect> type) {
    for (int i = 0; i < effects.size(); i++) {
      if (type.isInstance(effects.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** A session's life, with everything that was to be done in it. */
  private static final class Run {
    private SessionState state = SessionMachine.initial();
    private final List<Effect> effects = new ArrayList<>();

    static Run of(List<SessionEvent> history) {
      Run run = new Run();
      for (SessionEvent event : history) {
        Transition next = SessionMachine.step(run.state, event);
        run.state = next.next();
        run.effects.addAll(next.effects());
      }
      return run;
    }
  }
}
