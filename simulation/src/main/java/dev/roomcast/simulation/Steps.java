package dev.roomcast.simulation;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generators of steps for properties of an application; they shrink to short lists. */
public final class Steps {
  private static final int CLIENTS = 6;

  private Steps() {}

  /**
   * Clients that come, speak, stop reading and go, in any order.
   *
   * @param texts what they say: envelopes of the application, also wrong ones
   * @param most how many steps
   */
  public static Arbitrary<List<Step>> of(Arbitrary<String> texts, int most) {
    Arbitrary<Integer> client = Arbitraries.integers().between(0, CLIENTS - 1);
    Arbitrary<Step> say = Combinators.combine(client, texts).as(Step.Say::new);
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(new Step.Connect())),
            Tuple.of(30, say),
            Tuple.of(2, Arbitraries.of(1, 20, 500, 6_000).map(Step.Pass::new)),
            Tuple.of(1, client.map(Step.Close::new)),
            Tuple.of(1, client.map(Step.Vanish::new)),
            Tuple.of(1, client.map(Step.Block::new)),
            Tuple.of(1, client.map(Step.Unblock::new)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(most);
  }
}
