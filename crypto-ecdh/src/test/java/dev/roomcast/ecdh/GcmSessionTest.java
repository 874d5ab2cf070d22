package dev.roomcast.ecdh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.cipher.CipherException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** IVs, directions, counters and the bound: the protocol, section 1.7. */
final class GcmSessionTest {
  private static final byte[] KEY = new byte[32];
  private static final Pattern IV = Pattern.compile("\"iv\":\"([^\"]*)\"");

  private final GcmSession session = session(1L << 32);

  private static GcmSession session(long messagesPerKey) {
    return new GcmSession(new Gcm(KEY, null), messagesPerKey);
  }

  private static byte[] ivOf(byte[] envelope) {
    Matcher iv = IV.matcher(new String(envelope, UTF_8));
    assertThat(iv.find()).isTrue();
    return Base64.getDecoder().decode(iv.group(1));
  }

  private static byte[] iv(int direction, long counter) {
    return ByteBuffer.allocate(12).putInt(direction << 24).putLong(counter).array();
  }

  private static byte[] openFrom(GcmSession session, byte[] iv, String text) {
    byte[] ct = new Gcm(KEY, null).encrypt(iv, text.getBytes(UTF_8));
    return session.open(
        Base64.getEncoder().encodeToString(iv), Base64.getEncoder().encodeToString(ct));
  }

  private static void assertRefuses(GcmSession session, byte[] iv, String why) {
    assertThatThrownBy(() -> openFrom(session, iv, "{}"))
        .isInstanceOf(CipherException.class)
        .hasMessageContaining(why);
  }

  @Test
  void countsItsIvsFromOneInItsOwnDirection() {
    for (int counter = 1; counter <= 1_000; counter++) {
      assertThat(ivOf(session.seal(new byte[0]))).isEqualTo(iv(1, counter));
    }
  }

  @Property(tries = 200)
  void neverSharesAnIvWithTheClient(
      @ForAll @IntRange(max = 50) int seals, @ForAll @IntRange(max = 50) int opens) {
    GcmSession both = session(1L << 32);
    Set<String> ivs = new HashSet<>();
    for (int i = 1; i <= opens; i++) {
      openFrom(both, iv(2, i), "x");
      ivs.add(Vectors.hex(iv(2, i)));
    }
    for (int i = 1; i <= seals; i++) {
      ivs.add(Vectors.hex(ivOf(both.seal(new byte[1]))));
    }

    assertThat(ivs).hasSize(seals + opens);
  }

  @Test
  void opensCountersThatGrowByAnyStep() {
    for (long counter : new long[] {1, 2, 7, 1L << 32, (1L << 32) + 1, Long.MAX_VALUE}) {
      assertThat(openFrom(session, iv(2, counter), "{}")).asString(UTF_8).isEqualTo("{}");
    }
    assertRefuses(session, iv(2, Long.MAX_VALUE), "replayed");
  }

  @Test
  void refusesCountersThatDoNotGrow() {
    openFrom(session, iv(2, 5), "{}");
    for (long counter : new long[] {5, 4, 1, 0, -1, Long.MIN_VALUE}) {
      assertRefuses(session, iv(2, counter), "replayed");
    }
  }

  @Test
  void refusesOtherDirectionsThoughTheyAreAuthentic() {
    assertRefuses(session, iv(0, 1), "direction");
    assertRefuses(session, iv(1, 1), "direction");
    assertRefuses(session, iv(3, 1), "direction");
    byte[] paddingUsed = iv(2, 1);
    paddingUsed[3] = 1;
    assertRefuses(session, paddingUsed, "direction");
  }

  @Test
  void doesNotBelieveACounterBeforeItsMessageIsAuthentic() {
    String iv = Base64.getEncoder().encodeToString(iv(2, 100));
    String forged = Base64.getEncoder().encodeToString(new byte[40]);
    assertThatThrownBy(() -> session.open(iv, forged)).isInstanceOf(CipherException.class);

    assertThat(openFrom(session, iv(2, 1), "{}")).asString(UTF_8).isEqualTo("{}");
  }

  @Test
  void spendsTheKeyByMessagesOfBothDirections() {
    GcmSession short3 = session(3);
    short3.seal(new byte[1]);
    openFrom(short3, iv(2, 1), "{}");
    assertRefuses(short3, iv(2, 1), "replayed"); // what is refused spends nothing
    openFrom(short3, iv(2, 2), "{}");

    assertRefuses(short3, iv(2, 3), "used up");
    assertThatThrownBy(() -> short3.seal(new byte[1]))
        .isInstanceOf(CipherException.class)
        .hasMessageContaining("used up after 3");
  }

  @Test
  void writesTheProtocolsEnvelope() {
    byte[] sealed = session.seal("{\"event\":\"é\"}".getBytes(UTF_8));
    String ct =
        Base64.getEncoder()
            .encodeToString(
                new Gcm(KEY, null).encrypt(iv(1, 1), "{\"event\":\"é\"}".getBytes(UTF_8)));

    assertThat(sealed)
        .asString(UTF_8)
        .isEqualTo(
            "{\"event\":\"encrypted\",\"data\":{\"iv\":\"AQAAAAAAAAAAAAAB\",\"ct\":\""
                + ct
                + "\"}}");
  }
}
