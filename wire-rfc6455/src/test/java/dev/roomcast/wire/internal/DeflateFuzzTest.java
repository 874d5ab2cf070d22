package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.testkit.fuzz.Corpus;
import dev.roomcast.testkit.fuzz.Fuzzing;
import dev.roomcast.wire.internal.MessageInflater.Outcome;
import dev.roomcast.wire.internal.SlowInflate.Corrupt;
import dev.roomcast.wire.internal.SlowInflate.TooBig;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The inflater held against a simple one, and against the deflater. */
final class DeflateFuzzTest {
  private static final int LIMIT = 3_000;

  private final MessageInflater inflater = new MessageInflater(LIMIT);
  private final MessageInflater roomy = new MessageInflater(200_000);
  private final MessageDeflater deflater = new MessageDeflater();

  @Test
  void inflatesWhatASimpleInflaterDoes() {
    Corpus corpus = Corpus.hex(DeflateFuzzTest.class, "deflated.hex");
    Fuzzing.of(corpus).run("the inflater", this::agrees);
  }

  private void agrees(byte[] compressed, Random random) {
    MessageKind kind = random.nextBoolean() ? MessageKind.TEXT : MessageKind.BINARY;
    Outcome ours = inflater.inflate(kind, ByteBuffer.wrap(compressed));
    byte[] expected;
    try {
      expected = SlowInflate.inflate(compressed, LIMIT);
    } catch (Corrupt corrupt) {
      assertThat(ours).isInstanceOf(Outcome.Faulty.class);
      return;
    } catch (TooBig tooBig) {
      assertThat(ours).isInstanceOf(Outcome.Faulty.class);
      assertThat(
              kind == MessageKind.TEXT || !ours.equals(new Outcome.Faulty(Closes.MALFORMED_UTF8)))
          .isTrue();
      return;
    }
    if (kind == MessageKind.TEXT && !Utf8Validator.isValid(ByteBuffer.wrap(expected))) {
      assertThat(ours).isEqualTo(new Outcome.Faulty(Closes.MALFORMED_UTF8));
    } else {
      assertThat(ours).isEqualTo(new Outcome.Whole(ByteBuffer.wrap(expected)));
    }
  }

  @Test
  void inflatesWhatTheDeflaterMakes() {
    Corpus corpus = Corpus.hex(DeflateFuzzTest.class, "frames.hex");
    Fuzzing.of(corpus)
        .run(
            "the deflater",
            (message, random) -> {
              ByteBuffer compressed = deflater.deflate(ByteBuffer.wrap(message));
              if (compressed != null) {
                assertThat(compressed.remaining()).isLessThan(message.length);
                assertThat(roomy.inflate(MessageKind.BINARY, compressed))
                    .isEqualTo(new Outcome.Whole(ByteBuffer.wrap(message)));
              }
            });
  }
}
