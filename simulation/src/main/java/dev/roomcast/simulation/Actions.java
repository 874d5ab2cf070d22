package dev.roomcast.simulation;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generators of actions for properties; they shrink to short lists of simple actions. */
public final class Actions {
  private static final int MANY = 8;

  private Actions() {}

  /** Actions on servers that never fail. */
  public static Arbitrary<List<Action>> faultless(int most) {
    return afterArrivals(
        Arbitraries.frequencyOf(
            Tuple.of(4, connections()), Tuple.of(20, traffic()), Tuple.of(1, endings())),
        most);
  }

  /** The same with a bus that comes and goes, clients that do not read, and restarts. */
  public static Arbitrary<List<Action>> withFaults(int most) {
    return afterArrivals(
        Arbitraries.frequencyOf(
            Tuple.of(8, connections()),
            Tuple.of(40, traffic()),
            Tuple.of(2, endings()),
            Tuple.of(3, faults())),
        most);
  }

  // Some clients are there from the beginning; otherwise most actions would find nobody.
  private static Arbitrary<List<Action>> afterArrivals(Arbitrary<Action> actions, int most) {
    return Combinators.combine(
            index().list().ofMaxSize(6), actions.list().ofMinSize(1).ofMaxSize(most))
        .as(
            (users, rest) -> {
              List<Action> all = new ArrayList<>();
              for (int client = 0; client < users.size(); client++) {
                all.add(new Action.Connect(client));
                all.add(new Action.Authenticate(client, Login.as(users.get(client))));
              }
              all.add(new Action.Settle());
              for (int client = 0; client < users.size(); client++) {
                all.add(new Action.ClientJoin(client, List.of(users.get(client)), true));
              }
              all.addAll(rest);
              return all;
            });
  }

  private static Arbitrary<Integer> index() {
    return Arbitraries.integers().between(0, MANY - 1).withoutEdgeCases();
  }

  private static Arbitrary<Action> connections() {
    Arbitrary<Action> connect = index().map(Action.Connect::new);
    Arbitrary<Action> authenticate =
        Combinators.combine(index(), logins()).as(Action.Authenticate::new);
    return Arbitraries.frequencyOf(Tuple.of(2, connect), Tuple.of(3, authenticate));
  }

  private static Arbitrary<Login> logins() {
    Arbitrary<Login.Answer> answers =
        Arbitraries.frequency(
            Tuple.of(20, Login.Answer.ADMIT),
            Tuple.of(4, Login.Answer.ADMIT_ANONYMOUS),
            Tuple.of(1, Login.Answer.REFUSE),
            Tuple.of(1, Login.Answer.THROW),
            Tuple.of(1, Login.Answer.CRASH),
            Tuple.of(1, Login.Answer.UNREADABLE));
    Arbitrary<Integer> millis =
        Arbitraries.frequency(
            Tuple.of(6, 0), Tuple.of(3, 3), Tuple.of(2, 400), Tuple.of(1, 16_000));
    Arbitrary<Boolean> keys = Arbitraries.frequency(Tuple.of(15, true), Tuple.of(1, false));
    return Combinators.combine(answers, index(), millis, keys).as(Login::new);
  }

  private static Arbitrary<Action> traffic() {
    Arbitrary<Action> join =
        Combinators.combine(
                index(), index().list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(true, false))
            .as(Action.ClientJoin::new);
    Arbitrary<Action> leave = Combinators.combine(index(), index()).as(Action.ClientLeave::new);
    Arbitrary<Action> act = Combinators.combine(index(), scripts()).as(Action.Act::new);
    Arbitrary<Action> perform = Combinators.combine(index(), operations()).as(Action.Perform::new);
    Arbitrary<Action> emit = targets().map(Action.Emit::new);
    Arbitrary<Action> advance = Arbitraries.of(1, 5, 50, 1_000).map(Action.Advance::new);
    Arbitrary<Action> settle = Arbitraries.just(new Action.Settle());
    Arbitrary<Action> nonsense = index().map(Action.Nonsense::new);
    Arbitrary<Action> keys = index().map(Action.ExchangeKeys::new);
    return Arbitraries.frequencyOf(
        Tuple.of(4, join),
        Tuple.of(2, leave),
        Tuple.of(6, act),
        Tuple.of(20, perform),
        Tuple.of(2, emit),
        Tuple.of(3, advance),
        Tuple.of(2, settle),
        Tuple.of(1, nonsense),
        Tuple.of(1, keys));
  }

  private static Arbitrary<Script> scripts() {
    Arbitrary<Script.End> ends =
        Arbitraries.frequency(
            Tuple.of(6, Script.End.RETURN_NOTHING),
            Tuple.of(8, Script.End.REPLY),
            Tuple.of(1, Script.End.THROW),
            Tuple.of(1, Script.End.CRASH));
    return Combinators.combine(
            operations().list().ofMaxSize(3),
            Arbitraries.of(0, 0, 2, 30),
            ends,
            Arbitraries.of(false, false, true))
        .as(Script::new);
  }

  private static Arbitrary<Operation> operations() {
    Arbitrary<Operation> send =
        Combinators.combine(
                targets(),
                index().list().ofMaxSize(2),
                Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)))
            .as(Operation.Send::new);
    Arbitrary<Operation> join = Combinators.combine(targets(), index()).as(Operation.Join::new);
    Arbitrary<Operation> leave = Combinators.combine(targets(), index()).as(Operation.Leave::new);
    Arbitrary<Operation> disconnect =
        Arbitraries.frequencyOf(
                Tuple.of(8, index().map(Target.ToClient::new)),
                Tuple.of(1, index().map(Target.ToUser::new)),
                Tuple.of(1, index().map(Target.ToRoom::new)))
            .map(Operation.Disconnect::new);
    Arbitrary<Operation> encrypt = index().map(Operation.Encrypt::new);
    return Arbitraries.frequencyOf(
        Tuple.of(24, send),
        Tuple.of(8, join),
        Tuple.of(5, leave),
        Tuple.of(1, disconnect),
        Tuple.of(1, encrypt));
  }

  private static Arbitrary<Target> targets() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, index().map(Target.ToClient::new)),
        Tuple.of(1, index().map(Target.ToNamed::new)),
        Tuple.of(2, index().map(Target.ToUser::new)),
        Tuple.of(6, index().map(Target.ToRoom::new)),
        Tuple.of(2, Arbitraries.just(new Target.ToEveryone())));
  }

  private static Arbitrary<Action> endings() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, index().map(Action.Vanish::new)), Tuple.of(1, index().map(Action.Close::new)));
  }

  private static Arbitrary<Action> faults() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, index().map(Action.Block::new)),
        Tuple.of(
            1, Combinators.combine(index(), Arbitraries.of(1, 100, 5_000)).as(Action.Read::new)),
        Tuple.of(2, index().map(Action.Unblock::new)),
        Tuple.of(2, index().map(Action.LoseBus::new)),
        Tuple.of(3, index().map(Action.RestoreBus::new)),
        Tuple.of(2, Arbitraries.of(0, 1, 7, 300).map(Action.Latency::new)),
        Tuple.of(1, index().map(Action.Restart::new)),
        Tuple.of(1, Arbitraries.of(11_000, 40_000).map(Action.Advance::new)));
  }
}
