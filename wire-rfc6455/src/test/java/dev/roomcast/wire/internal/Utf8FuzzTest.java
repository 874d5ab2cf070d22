package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.testkit.fuzz.Corpus;
import dev.roomcast.testkit.fuzz.Fuzzing;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The validator held against the JDK's decoder, whole and in pieces. */
final class Utf8FuzzTest {

  @Test
  void acceptsWhatTheJdkDecodes() {
    Corpus corpus = Corpus.hex(Utf8FuzzTest.class, "utf8.hex");
    Fuzzing.of(corpus).run("the validator of UTF-8", Utf8FuzzTest::agrees);
  }

  private static void agrees(byte[] bytes, Random random) {
    boolean expected = isText(bytes);
    assertThat(Utf8Validator.isValid(ByteBuffer.wrap(bytes))).isEqualTo(expected);
    assertThat(inPieces(bytes, random)).isEqualTo(expected);
  }

  static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  private static boolean inPieces(byte[] bytes, Random random) {
    Utf8Validator validator = new Utf8Validator();
    int at = 0;
    while (at < bytes.length) {
      int length = Math.min(1 + random.nextInt(1 + bytes.length / 3), bytes.length - at);
      if (!validator.accept(ByteBuffer.wrap(bytes, at, length))) {
        return false;
      }
      at += length;
    }
    return validator.complete();
  }
}
