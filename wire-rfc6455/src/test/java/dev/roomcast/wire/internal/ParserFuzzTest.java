package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.testkit.fuzz.Corpus;
import dev.roomcast.testkit.fuzz.Fuzzing;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same bytes are the same messages, whether they come at once, in pieces, or by demand. */
final class ParserFuzzTest {
  private static final int LIMIT = 1_000;

  private final MessageInflater inflater = new MessageInflater(LIMIT);

  /** Notes what comes of a stream, and what must never come. */
  private static final class Notes implements FrameParser.Sink {
    final List<String> events = new ArrayList<>();
    long credit;
    private boolean violated;
    private boolean closed;

    Notes(long credit) {
      this.credit = credit;
    }

    @Override
    public boolean hasCredit() {
      return credit > 0;
    }

    @Override
    public void message(MessageKind kind, ByteBuffer payload) {
      byte[] bytes = bytes(payload);
      assertThat(violated || closed).as("a message after the end").isFalse();
      assertThat(credit--).as("credit").isPositive();
      assertThat(bytes.length).isLessThanOrEqualTo(LIMIT);
      assertThat(kind == MessageKind.BINARY || Utf8FuzzTest.isText(bytes)).as("text").isTrue();
      events.add(kind + Arrays.toString(bytes));
    }

    @Override
    public void ping(ByteBuffer payload) {
      assertThat(violated || closed).as("a ping after the end").isFalse();
      assertThat(payload.remaining()).isLessThanOrEqualTo(125);
      events.add("ping" + Arrays.toString(bytes(payload)));
    }

    @Override
    public void peerClose(ByteBuffer payload) {
      assertThat(closed).as("closed twice").isFalse();
      closed = true;
      events.add("close" + PeerClose.read(payload));
    }

    @Override
    public void violation(CloseStatus answer) {
      assertThat(violated || closed).as("a violation after the end").isFalse();
      violated = true;
      events.add("violation" + answer);
    }

    private static byte[] bytes(ByteBuffer payload) {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      return bytes;
    }
  }

  @Test
  void findsTheSameInAStreamHoweverItComes() {
    Corpus corpus = Corpus.hex(ParserFuzzTest.class, "frames.hex");
    Fuzzing.of(corpus)
        .run("the parser of frames", (stream, random) -> agrees(stream, random, null));
  }

  @Test
  void findsTheSameInAStreamWithCompressedMessages() {
    Corpus corpus = Corpus.hex(ParserFuzzTest.class, "frames.hex");
    Fuzzing.of(corpus)
        .run(
            "the parser of compressed frames",
            (stream, random) -> agrees(stream, random, inflater));
  }

  private static void agrees(byte[] stream, Random random, @Nullable MessageInflater by) {
    Notes whole = new Notes(Long.MAX_VALUE);
    ByteBuffer all = ByteBuffer.wrap(stream.clone());
    assertThat(new FrameParser(whole, LIMIT, by).parse(all)).isTrue();
    assertThat(all.hasRemaining()).as("all is read").isFalse();
    assertThat(inPieces(stream, random, by)).isEqualTo(whole.events);
    assertThat(byDemand(stream, by)).isEqualTo(whole.events);
  }

  private static List<String> inPieces(byte[] stream, Random random, @Nullable MessageInflater by) {
    Notes notes = new Notes(Long.MAX_VALUE);
    FrameParser parser = new FrameParser(notes, LIMIT, by);
    for (int at = 0; at < stream.length; ) {
      int to = Math.min(stream.length, at + 1 + random.nextInt(1 + stream.length / 3));
      ByteBuffer piece = ByteBuffer.wrap(Arrays.copyOfRange(stream, at, to));
      assertThat(parser.parse(random.nextBoolean() ? piece : piece.asReadOnlyBuffer())).isTrue();
      at = to;
    }
    return notes.events;
  }

  private static List<String> byDemand(byte[] stream, @Nullable MessageInflater by) {
    Notes notes = new Notes(0);
    FrameParser parser = new FrameParser(notes, LIMIT, by);
    ByteBuffer rest = ByteBuffer.wrap(stream.clone());
    while (!parser.parse(rest)) {
      assertThat(notes.credit).isZero();
      notes.credit = 1;
    }
    return notes.events;
  }
}
