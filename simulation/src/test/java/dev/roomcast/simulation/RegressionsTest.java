package dev.roomcast.simulation;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the properties once found, as short as it could be made. Each runs under many seeds, since
 * one seed means another order as soon as the simulation changes.
 */
final class RegressionsTest {
  private static final int SEEDS = 300;
  private static final Codec CODEC = JacksonCodec.create();

  private static void holds(Setup setup, Action... actions) {
    for (int seed = 0; seed < SEEDS; seed++) {
      Simulation.run(setup, CODEC, seed, List.of(actions));
    }
  }

  /** The stage of a join stayed open where its loop closed before the bus confirmed the room. */
  @Test
  void completesAJoinWhoseServerShutsDown() {
    holds(
        Setup.of(2, 1).subscribingByInterest(),
        new Action.Connect(0),
        new Action.Authenticate(0, Login.as(0)),
        new Action.Settle(),
        new Action.Perform(0, new Operation.Join(new Target.ToClient(0), 0)),
        new Action.Restart(0));
  }
}
