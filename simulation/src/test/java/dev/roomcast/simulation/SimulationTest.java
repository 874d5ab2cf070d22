package dev.roomcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.BusMessageCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.DecodedBusMessage;
import dev.roomcast.port.codec.EnvelopeCodec;
import dev.roomcast.port.codec.JsonMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The simulation repeats itself, and notices what is wrong. */
final class SimulationTest {
  private static final Codec CODEC = JacksonCodec.create();
  private static final Target EVERYONE = new Target.ToEveryone();

  @Provide
  Arbitrary<List<Action>> faults() {
    return Actions.withFaults(60);
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void repeatsARunFromItsSeed(@ForAll long seed, @ForAll("faults") List<Action> actions) {
    Setup setup = Setup.of(3, 2).subscribingByInterest().withFaultyTransformer();
    assertThat(Simulation.run(setup, CODEC, seed, actions))
        .isEqualTo(Simulation.run(setup, CODEC, seed, actions));
  }

  @Test
  void tellsSeedAndActionsOfAFailure() {
    Codec forgetful = onTheBus(message -> with(message, message.serverId(), List.of()));

    assertThatThrownBy(() -> Simulation.run(Setup.of(2, 1), forgetful, 4711, oneExcluded()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("invariant broken: the excluded never receive")
        .hasMessageContaining("seed 4711")
        .hasMessageContaining("Perform[node=0, operation=Send[to=ToEveryone[], except=[1]");
  }

  @Test
  void noticesWhatComesTwice() {
    Codec anonymous = onTheBus(message -> with(message, "somebody", message.exclude()));

    assertThatThrownBy(() -> Simulation.run(Setup.of(2, 1), anonymous, 1, oneExcluded()))
        .hasMessageContaining("invariant broken: nothing comes twice");
  }

  @Test
  void noticesWhatIsLost() {
    Codec wrong =
        onTheBus(
            message -> message.type().equals("broadcast") ? with(message, "", List.of()) : message);

    assertThatThrownBy(() -> Simulation.run(Setup.of(2, 1), wrong, 1, sending(EVERYONE, List.of())))
        .hasMessageContaining("invariant broken: every member that stays receives each message");
  }

  private static List<Action> oneExcluded() {
    return sending(EVERYONE, List.of(1));
  }

  /** Two clients on two nodes, and one message. */
  private static List<Action> sending(Target to, List<Integer> except) {
    List<Action> actions = new ArrayList<>();
    for (int client = 0; client < 2; client++) {
      actions.add(new Action.Connect(client));
      actions.add(new Action.Authenticate(client, Login.as(client)));
    }
    actions.add(new Action.Settle());
    actions.add(new Action.Perform(0, new Operation.Send(to, except, false)));
    return actions;
  }

  private static BusMessage with(BusMessage message, String serverId, List<String> exclude) {
    return new BusMessage(
        serverId, message.type(), message.target(), message.event(), message.data(), exclude);
  }

  /** A codec that changes what it writes to the bus. */
  private static Codec onTheBus(UnaryOperator<BusMessage> change) {
    BusMessageCodec right = CODEC.busMessages();
    BusMessageCodec wrong =
        new BusMessageCodec() {
          @Override
          public DecodedBusMessage read(ByteBuffer borrowed) {
            return right.read(borrowed);
          }

          @Override
          public byte[] write(BusMessage message) {
            return right.write(change.apply(message));
          }
        };
    return new Codec() {
      @Override
      public EnvelopeCodec envelopes() {
        return CODEC.envelopes();
      }

      @Override
      public BusMessageCodec busMessages() {
        return wrong;
      }

      @Override
      public JsonMapper mapper() {
        return CODEC.mapper();
      }
    };
  }
}
