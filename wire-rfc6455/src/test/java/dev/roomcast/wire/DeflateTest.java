package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.Compression;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.wire.internal.FramedMessage;
import dev.roomcast.wire.internal.MessageDeflater;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes out compressed: RFC 7692 section 7.2.1. */
final class DeflateTest {
  private static final String JSON = "{\"event\":\"message\",\"data\":[1,2,3]}".repeat(20);

  private final Peer peer = new Peer(settings -> settings.withCompression(Compression.from(0)));

  private static FramedMessage framed(String text, boolean compressible) {
    return FramedMessage.text(ClientFrames.utf8(text), compressible);
  }

  private void send(Peer to, PreparedMessage message) {
    to.call(connection -> connection.send(message, Flush.TURN_END));
  }

  @Test
  void compressesForAClientThatAgreed() {
    send(peer, framed(JSON, true));
    assertThat(peer.connection.queuedBytes()).isLessThan(JSON.length() / 4);
    assertThat(peer.written()).containsExactly("deflated:" + JSON);
  }

  @Test
  void sendsOthersTheSameMessageAsItIs() {
    Peer other = new Peer(peer, false);
    FramedMessage message = framed(JSON, true);
    send(peer, message);
    send(other, message);
    assertThat(peer.written()).containsExactly("deflated:" + JSON);
    assertThat(other.written()).containsExactly("text:" + JSON);
  }

  @Test
  void keepsTheOrderOfWhatIsCompressedAndWhatIsNot() {
    send(peer, framed(JSON, true));
    send(peer, framed("sealed".repeat(50), false));
    send(peer, framed("x".repeat(40), true));
    assertThat(peer.written())
        .containsExactly(
            "deflated:" + JSON, "text:" + "sealed".repeat(50), "deflated:" + "x".repeat(40));
  }

  @Test
  void compressesEachMessageByItself() {
    send(peer, framed(JSON, true));
    send(peer, framed(JSON, true));
    // Each inflates with a new window.
    assertThat(peer.written()).containsExactly("deflated:" + JSON, "deflated:" + JSON);
  }

  @Test
  void sendsAsItIsWhatDoesNotGetShorter() {
    String noise =
        new Random(1)
            .ints(300, '!', '~')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .substring(0, 40);
    for (String text : List.of("", "a", "ab", noise)) {
      send(peer, framed(text, true));
      assertThat(peer.written()).containsExactly("text:" + text);
    }
  }

  @Test
  void compressesMessagesLargerThanWhatALoopKeeps() {
    StringBuilder large = new StringBuilder();
    IntStream.range(0, 40_000).forEach(i -> large.append(i).append(','));
    send(peer, framed(large.toString(), true));
    send(peer, framed(JSON, true));
    assertThat(peer.written()).containsExactly("deflated:" + large, "deflated:" + JSON);
  }

  @Test
  void keepsOneFrameForEachForm() {
    FramedMessage message = framed(JSON, true);
    try (MessageDeflater one = new MessageDeflater();
        MessageDeflater two = new MessageDeflater()) {
      assertThat(message.frame(one)).isSameAs(message.frame(two)).isNotSameAs(message.frame(null));
      assertThat(message.frame(null)).isSameAs(message.frame(null));
      FramedMessage tiny = framed("a", true);
      assertThat(tiny.frame(one)).isSameAs(tiny.frame(null));
    }
  }

  @Test
  void compressesOnceHoweverManyLoopsNeedItAtOnce() throws Exception {
    int loops = 4;
    CyclicBarrier together = new CyclicBarrier(loops);
    try (ExecutorService threads = Executors.newFixedThreadPool(loops)) {
      for (int round = 0; round < 200; round++) {
        FramedMessage message = framed(JSON + round, true);
        List<Future<byte[]>> frames = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
          frames.add(
              threads.submit(
                  () -> {
                    try (MessageDeflater own = new MessageDeflater()) {
                      together.await();
                      return message.frame(own);
                    }
                  }));
        }
        byte[] first = frames.get(0).get();
        for (Future<byte[]> frame : frames) {
          assertThat(frame.get()).isSameAs(first);
        }
      }
    }
  }

  @Test
  void writesToEachTheFormItAgreedOn() {
    Peer plain = new Peer(peer, false);
    Peer third = new Peer(peer);
    for (String text : List.of(JSON, JSON + "2")) {
      FramedMessage message = framed(text, true);
      List.of(peer, plain, third).forEach(to -> send(to, message));
    }
    List<String> deflated = List.of("deflated:" + JSON, "deflated:" + JSON + "2");
    assertThat(peer.written()).isEqualTo(deflated);
    assertThat(plain.written()).containsExactly("text:" + JSON, "text:" + JSON + "2");
    assertThat(third.written()).isEqualTo(deflated);
  }
}
