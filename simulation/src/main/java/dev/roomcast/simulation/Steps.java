package dev.roomcast.simulation;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Generators of steps for properties of an application; they shrink to short lists. */
public final class Steps {
  private static final int CLIENTS = 6;

  /** Enough for an authenticator that waits a little, too little for any time-out. */
  private static final Step.Pass FOR_LOGINS = new Step.Pass(1_000);

  private Steps() {}

  /**
   * Clients that come, speak, stop reading and go, in any order.
   *
   * @param texts what they say: envelopes of the application, also wrong ones
   * @param most how many steps
   */
  public static Arbitrary<List<Step>> of(Arbitrary<String> texts, int most) {
    return of(texts, most, /* connects= */ 16);
  }

  private static Arbitrary<List<Step>> of(Arbitrary<String> texts, int most, int connects) {
    Arbitrary<Integer> client = Arbitraries.integers().between(0, CLIENTS - 1);
    Arbitrary<Step> say = Combinators.combine(client, texts).as(Step.Say::new);
    return Arbitraries.frequencyOf(
            Tuple.of(connects, Arbitraries.just(new Step.Connect())),
            Tuple.of(80, say),
            Tuple.of(5, Arbitraries.of(1, 20, 500, 6_000).map(Step.Pass::new)),
            Tuple.of(1, client.map(Step.Close::new)),
            Tuple.of(1, client.map(Step.Vanish::new)),
            Tuple.of(1, client.map(Step.Block::new)),
            Tuple.of(1, client.map(Step.Unblock::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(most)
        // By itself jqwik prefers short lists, in which little happens.
        .withSizeDistribution(RandomDistribution.uniform());
  }

  /**
   * The same with clients that are there before: each connects and says one text, then a second
   * passes, and only then come the steps. So that these are about clients that are logged in, and
   * not about those that never will be.
   *
   * @param logins what each of them says: {@code authenticate} of the application
   * @param texts what they and those who come later say: envelopes of the application, also wrong
   *     ones
   * @param most how many steps follow
   */
  public static Arbitrary<List<Step>> loggedIn(
      List<String> logins, Arbitrary<String> texts, int most) {
    List<Step> first = new ArrayList<>();
    for (int client = 0; client < logins.size(); client++) {
      first.add(new Step.Connect());
      first.add(new Step.Say(client, logins.get(client)));
    }
    first.add(FOR_LOGINS);
    return of(texts, most, /* connects= */ 4).map(then -> joined(first, then));
  }

  private static List<Step> joined(List<Step> first, List<Step> then) {
    List<Step> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }
}
