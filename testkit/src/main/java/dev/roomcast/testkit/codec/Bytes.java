package dev.roomcast.testkit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages as bytes, as a codec is given them. */
final class Bytes {
  private Bytes() {}

  static ByteBuffer of(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  static void put(String ascii, byte[] target, int at) {
    byte[] bytes = ascii.getBytes(UTF_8);
    System.arraycopy(bytes, 0, target, at, bytes.length);
  }

  /** The same message in every kind of buffer: whole arrays, parts of them, direct, read-only. */
  static List<ByteBuffer> buffersOf(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    byte[] padded = new byte[bytes.length + 20];
    Arrays.fill(padded, (byte) '}');
    System.arraycopy(bytes, 0, padded, 10, bytes.length);
    ByteBuffer direct = ByteBuffer.allocateDirect(padded.length).put(padded);
    return List.of(
        ByteBuffer.wrap(bytes),
        ByteBuffer.wrap(padded, 10, bytes.length),
        ByteBuffer.wrap(padded).slice(3, bytes.length + 14).position(7).limit(7 + bytes.length),
        ByteBuffer.wrap(padded, 10, bytes.length).asReadOnlyBuffer(),
        ByteBuffer.wrap(padded, 10, bytes.length).order(ByteOrder.LITTLE_ENDIAN),
        direct.position(10).limit(10 + bytes.length));
  }

  /** The message with some of its bytes replaced, removed, doubled or preceded by others. */
  static Arbitrary<byte[]> damaged(Arbitrary<String> messages) {
    Arbitrary<Byte> any =
        Arbitraries.oneOf(
            Arbitraries.bytes(),
            Arbitraries.of(
                (byte) '{',
                (byte) '}',
                (byte) '[',
                (byte) ']',
                (byte) '"',
                (byte) ',',
                (byte) ':',
                (byte) '\\',
                (byte) 'u',
                (byte) ' ',
                (byte) '0',
                (byte) '-',
                (byte) '.',
                (byte) 'e'));
    Arbitrary<Damage> damage =
        Combinators.combine(
                Arbitraries.integers().between(0, 10_000),
                any,
                Arbitraries.of(Damage.Kind.values()))
            .as(Damage::new);
    return Combinators.combine(messages, damage.list().ofMinSize(1).ofMaxSize(3))
        .as(
            (message, all) -> {
              byte[] bytes = message.getBytes(UTF_8);
              for (Damage one : all) {
                bytes = one.of(bytes);
              }
              return bytes;
            });
  }

  private record Damage(int place, byte other, Kind kind) {
    enum Kind {
      REPLACE,
      INSERT,
      REMOVE,
      TRUNCATE
    }

    byte[] of(byte[] bytes) {
      int at = bytes.length == 0 ? 0 : place % bytes.length;
      if (bytes.length == 0 || kind == Kind.INSERT) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        longer[at] = other;
        return longer;
      }
      return switch (kind) {
        case REPLACE, INSERT -> {
          byte[] changed = bytes.clone();
          changed[at] = other;
          yield changed;
        }
        case REMOVE -> {
          byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
          System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
          yield shorter;
        }
        case TRUNCATE -> Arrays.copyOf(bytes, at);
      };
    }
  }
}
