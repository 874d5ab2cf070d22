package dev.roomcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.simulation.EncryptedWorld.Way;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Towards sessions that must encrypt no byte of the application's leaves in the clear, whatever
 * handshakes, ciphers and transformers do, and in whatever order things happen. Judged by what the
 * server hands to the transport.
 */
final class NoPlaintextTest {

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void leavesTowardsWhoMustEncrypt(@ForAll long seed, @ForAll boolean builtIn) {
    EncryptedWorld world = new EncryptedWorld(builtIn ? Way.BUILT_IN : Way.OWN, seed);
    world.run(80);

    world.handedOver().forEach(text -> assertThat(text).doesNotContain(EncryptedWorld.APPLICATION));
  }

  /** So that the property above does not hold because nothing happens. */
  @ParameterizedTest
  @EnumSource(names = {"BUILT_IN", "OWN"})
  void isSoInRunsInWhichMuchArrivesAndMuchFails(Way way) {
    List<String> understood = new ArrayList<>();
    int ended = 0;
    for (int seed = 0; seed < 20; seed++) {
      EncryptedWorld world = new EncryptedWorld(way, seed);
      world.run(80);
      understood.addAll(world.understood());
      ended += world.endedWith(4004);
    }

    assertThat(understood).hasSizeGreaterThan(500).allMatch(NoPlaintextTest::isWhole);
    assertThat(ended).isGreaterThan(10);
  }

  private static boolean isWhole(String text) {
    return text.startsWith("{\"event\":\"") && text.endsWith("}");
  }

  @Test
  void noticesWhatLeavesInTheClear() {
    int seen = 0;
    for (int seed = 0; seed < 5; seed++) {
      EncryptedWorld world = new EncryptedWorld(Way.NONE, seed);
      world.run(80);
      seen +=
          (int)
              world.handedOver().filter(text -> text.contains(EncryptedWorld.APPLICATION)).count();
    }

    assertThat(seen).isGreaterThan(100);
  }
}
