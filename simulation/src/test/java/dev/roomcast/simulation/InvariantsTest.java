package dev.roomcast.simulation;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.simulation.Setup.Encryption;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The core keeps its promises, whatever happens in whatever order. How often each property is tried
 * stands in junit-platform.properties; for a long run give {@code -Djqwik.tries.default=20000}.
 */
final class InvariantsTest {
  private static final int MOST_ACTIONS = 100;
  private static final Codec CODEC = JacksonCodec.create();

  @Provide
  Arbitrary<List<Action>> faultless() {
    return Actions.faultless(MOST_ACTIONS);
  }

  @Provide
  Arbitrary<List<Action>> faults() {
    return Actions.withFaults(MOST_ACTIONS);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdOnOneLoop(@ForAll long seed, @ForAll("faultless") List<Action> actions) {
    Simulation.run(Setup.of(1, 1), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdOnFourLoops(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Simulation.run(Setup.of(1, 4), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdOnThreeNodes(@ForAll long seed, @ForAll("faultless") List<Action> actions) {
    Simulation.run(Setup.of(3, 2), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdOnThreeNodesThatFail(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Simulation.run(Setup.of(3, 2), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdByInterest(@ForAll long seed, @ForAll("faultless") List<Action> actions) {
    Simulation.run(Setup.of(3, 2).subscribingByInterest(), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdByInterestOnNodesThatFail(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Simulation.run(Setup.of(3, 1).subscribingByInterest(), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdWhereEveryoneEncrypts(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Simulation.run(Setup.of(2, 2).with(Encryption.BUILT_IN_REQUIRED), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdWhereTheApplicationEncrypts(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Simulation.run(Setup.of(2, 2).with(Encryption.OWN_REQUIRED), CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdWhereTheTransformerFails(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Setup setup = Setup.of(1, 2).with(Encryption.OWN_REQUIRED).withFaultyTransformer();
    Simulation.run(setup, CODEC, seed, actions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void holdWhereMessagesAreDropped(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Simulation.run(Setup.of(1, 2).droppingForSlow(), CODEC, seed, actions);
  }
}
