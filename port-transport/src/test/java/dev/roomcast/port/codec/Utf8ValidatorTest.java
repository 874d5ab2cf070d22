package dev.roomcast.port.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Held against the JDK's strict decoder. */
final class Utf8ValidatorTest {
  @Test
  void agreesWithTheJdkOnAllPairsOfBytes() {
    for (int first = 0x00; first <= 0xFF; first++) {
      for (int second = 0x00; second <= 0xFF; second++) {
        assertAgrees((byte) first, (byte) second);
      }
    }
  }

  @Test
  void agreesWithTheJdkOnAllFormsOfThreeAndFourBytes() {
    int[] edges = {0x7F, 0x80, 0xBF, 0xC0};
    for (int first = 0xE0; first <= 0xFF; first++) {
      for (int second = 0x00; second <= 0xFF; second++) {
        for (int third : edges) {
          assertAgrees((byte) first, (byte) second, (byte) third);
          for (int fourth : edges) {
            assertAgrees((byte) first, (byte) second, (byte) third, (byte) fourth);
          }
        }
      }
    }
  }

  @Property
  void agreesWithTheJdkOnAnyBytes(@ForAll byte[] bytes) {
    assertAgrees(bytes);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void agreesWithTheJdkOnPiecesOfUtf8(@ForAll("pieces") byte[] bytes) {
    assertAgrees(bytes);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void judgesTheSameHoweverTheBytesAreSplit(
      @ForAll("pieces") byte[] bytes, @ForAll List<@IntRange(max = 5) Integer> sizes) {
    Utf8Validator validator = new Utf8Validator();
    boolean accepted = true;
    int at = 0;
    for (int size : sizes) {
      int length = Math.min(size, bytes.length - at);
      accepted = accepted && validator.accept(ByteBuffer.wrap(bytes, at, length));
      at += length;
    }
    accepted = accepted && validator.accept(ByteBuffer.wrap(bytes, at, bytes.length - at));
    assertThat(accepted && validator.complete()).isEqualTo(jdkTakes(bytes));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void failsAtTheFirstByteThatCannotBePart(@ForAll("pieces") byte[] bytes) {
    Utf8Validator validator = new Utf8Validator();
    for (int at = 0; at < bytes.length; at++) {
      boolean accepted = validator.accept(ByteBuffer.wrap(bytes, at, 1));
      assertThat(accepted).isEqualTo(canBecomeValid(bytes, at + 1));
      if (!accepted) {
        return;
      }
    }
  }

  @Test
  void leavesTheBufferAsItIs() {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(40)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(3, "abcdefghij é".getBytes(UTF_8));
    bytes.position(3).limit(16);
    assertThat(Utf8Validator.isValid(bytes)).isTrue();
    assertThat(bytes.position()).isEqualTo(3);
    assertThat(bytes.limit()).isEqualTo(16);
    assertThat(Utf8Validator.isValid(bytes.limit(15))).isFalse();
  }

  @Test
  void beginsAnewAfterAReset() {
    Utf8Validator validator = new Utf8Validator();
    assertThat(validator.accept(ByteBuffer.wrap(new byte[] {(byte) 0xE0}))).isTrue();
    assertThat(validator.accept(ByteBuffer.wrap(new byte[] {(byte) 0x80}))).isFalse();
    validator.reset();
    assertThat(validator.accept(ByteBuffer.wrap("é".getBytes(UTF_8)))).isTrue();
    assertThat(validator.complete()).isTrue();
  }

  private static void assertAgrees(byte... bytes) {
    if (Utf8Validator.isValid(ByteBuffer.wrap(bytes)) != jdkTakes(bytes)) {
      throw new AssertionError(
          "judged otherwise than by the JDK: " + HexFormat.of().formatHex(bytes));
    }
  }

  /** Whether some bytes after the first {@code length} make them whole. */
  private static boolean canBecomeValid(byte[] bytes, int length) {
    byte[] tail = {(byte) 0x80, (byte) 0x8F, (byte) 0x90, (byte) 0x9F, (byte) 0xA0, (byte) 0xBF};
    byte[] prefix = Arrays.copyOf(bytes, length);
    if (jdkTakes(prefix)) {
      return true;
    }
    for (byte second : tail) {
      for (int more = 0; more < 3; more++) {
        byte[] longer = Arrays.copyOf(bytes, length + 1 + more);
        Arrays.fill(longer, length, longer.length, (byte) 0x80);
        longer[length] = second;
        if (jdkTakes(longer)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean jdkTakes(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Characters of all lengths, now and then one that lost a byte or was never one. */
  @Provide
  Arbitrary<byte[]> pieces() {
    Arbitrary<byte[]> whole =
        Arbitraries.of(
                0x00, 0x61, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600,
                0x10FFFF)
            .map(Character::toString)
            .map(character -> character.getBytes(UTF_8));
    Arbitrary<byte[]> broken =
        Arbitraries.integers().between(0x80, 0xFF).map(octet -> new byte[] {octet.byteValue()});
    return Arbitraries.frequencyOf(Tuple.of(15, whole), Tuple.of(1, broken))
        .list()
        .ofMaxSize(20)
        .map(
            all -> {
              ByteArrayOutputStream bytes = new ByteArrayOutputStream();
              all.forEach(bytes::writeBytes);
              return bytes.toByteArray();
            });
  }
}
