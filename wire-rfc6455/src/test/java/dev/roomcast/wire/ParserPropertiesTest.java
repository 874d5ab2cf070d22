package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** However a client cuts and masks its bytes, the same messages come out, and never unasked. */
final class ParserPropertiesTest {

  /** Large streams are not cut into single bytes: that finds no more and takes its time. */
  private static final int MOST_PARTS = 500;

  /** A message, in how many pieces it is sent, and whether pings go between them. */
  record Sent(String text, List<Integer> cuts, int mask, boolean pings) {

    byte[] frames() {
      byte[] bytes = ClientFrames.utf8(text);
      List<Integer> bounds = cuts.stream().map(cut -> cut % (bytes.length + 1)).sorted().toList();
      List<byte[]> frames = new ArrayList<>();
      int from = 0;
      for (int i = 0; i <= bounds.size(); i++) {
        boolean last = i == bounds.size();
        int to = last ? bytes.length : bounds.get(i);
        int first = (last ? 0x80 : 0) | (i == 0 ? 1 : 0);
        frames.add(ClientFrames.frame(first, Arrays.copyOfRange(bytes, from, to), mask + i));
        if (pings && !last) {
          frames.add(ClientFrames.ping("p"));
        }
        from = to;
      }
      return ClientFrames.join(frames.toArray(byte[][]::new));
    }
  }

  @Provide
  Arbitrary<Sent> messages() {
    Arbitrary<String> texts =
        Arbitraries.oneOf(
            Arbitraries.strings().ascii().ofMaxLength(200),
            Arbitraries.of("a€😀ß".repeat(10_000), "x".repeat(65_535), "y".repeat(65_536), "é"),
            Arbitraries.strings()
                .withChars("aé€\uD7FF\uFFFD")
                .ofMaxLength(60)
                .map(text -> text + "😀"));
    return Combinators.combine(
            texts,
            Arbitraries.integers().between(0, 300_000).list().ofMaxSize(6),
            Arbitraries.integers(),
            Arbitraries.of(true, false))
        .as(Sent::new);
  }

  /** Cuts a stream in places that come from a seed: often, seldom, or into single bytes. */
  private static List<byte[]> split(byte[] stream, long seed) {
    Random random = new Random(seed);
    int wanted = List.of(1, 3, 20, 5_000, 65_536).get(random.nextInt(5));
    int longest = Math.max(wanted, stream.length / MOST_PARTS);
    List<byte[]> parts = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int end = Math.min(stream.length, at + 1 + random.nextInt(longest));
      parts.add(Arrays.copyOfRange(stream, at, end));
      at = end;
    }
    return parts;
  }

  private static byte[] stream(List<Sent> messages) {
    return ClientFrames.join(messages.stream().map(Sent::frames).toArray(byte[][]::new));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void deliversTheSameMessagesHoweverTheyAreCut(
      @ForAll @Size(min = 1, max = 6) List<@From("messages") Sent> messages, @ForAll long seed) {
    Peer peer = new Peer();
    peer.demand(messages.size());
    split(stream(messages), seed).forEach(peer::receive);
    assertThat(peer.received).isEqualTo(messages.stream().map(Sent::text).toList());
    assertThat(peer.closing).isEmpty();
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void neverDeliversMoreThanWasDemandedAndLosesNothing(
      @ForAll @Size(min = 1, max = 8) List<@From("messages") Sent> messages, @ForAll long seed) {
    Peer peer = new Peer();
    Random random = new Random(seed);
    List<byte[]> parts = new ArrayList<>(split(stream(messages), seed));
    int demanded = 0;
    int inside = random.nextInt(3);
    peer.onMessage =
        message -> {
          if (peer.received.size() % 3 < inside) {
            peer.connection.demand(1);
          }
        };
    while (peer.received.size() < messages.size()) {
      assertThat(peer.closing).isEmpty();
      boolean more = !parts.isEmpty() && peer.pipe.wantsRead;
      if (more && random.nextInt(4) > 0) {
        peer.receive(parts.remove(0));
      } else {
        int messagesMore = 1 + random.nextInt(2);
        peer.demand(messagesMore);
        demanded += messagesMore;
        peer.loop.settle();
      }
      int granted =
          demanded
              + (int)
                  IntStream.rangeClosed(1, peer.received.size())
                      .filter(count -> count % 3 < inside)
                      .count();
      assertThat(peer.received.size()).isLessThanOrEqualTo(granted);
    }
    assertThat(peer.received).isEqualTo(messages.stream().map(Sent::text).toList());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void findsTheSameFaultHoweverTheBytesAreCut(
      @ForAll @Size(min = 1, max = 4) List<@From("messages") Sent> messages, @ForAll long seed) {
    byte[] faulty = stream(messages);
    Random random = new Random(seed);
    faulty[random.nextInt(random.nextBoolean() ? Math.min(20, faulty.length) : faulty.length)] ^=
        (byte) (1 << random.nextInt(8));
    Peer whole = new Peer();
    whole.demand(1000).receive(faulty);
    Peer cut = new Peer();
    cut.demand(1000);
    for (byte[] part : split(faulty, seed)) {
      if (cut.pipe.listener != null) {
        cut.receive(part);
      }
    }
    assertThat(cut.received).isEqualTo(whole.received);
    assertThat(cut.closing).isEqualTo(whole.closing);
    assertThat(cut.written()).isEqualTo(whole.written());
  }
}
