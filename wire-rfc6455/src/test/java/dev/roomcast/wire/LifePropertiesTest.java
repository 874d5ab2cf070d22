package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Pending;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to a connection, in whatever order: the rules of the port hold to its end. */
final class LifePropertiesTest {
  private static final CloseStatus BYE = new CloseStatus(4007, "Disconnected");

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void keepsTheRulesOfThePort(@ForAll long seed) {
    new Life(new Random(seed)).run();
  }

  /** One connection, from its opening to its end. */
  private static final class Life {
    private final Random random;
    private final Peer peer = new Peer();
    private final List<String> sent = new ArrayList<>();
    private final List<String> offered = new ArrayList<>();
    private int demanded;

    /** What the peer has sent and nobody has read. */
    private final Queue<byte[]> kernel = new ArrayDeque<>();

    private boolean streamEnded;
    private boolean endTold;

    Life(Random random) {
      this.random = random;
    }

    void run() {
      peer.onMessage = message -> act(random.nextInt(40));
      peer.onLevel = level -> act(random.nextInt(40));
      peer.onClosing = status -> act(random.nextInt(40));
      int steps = random.nextInt(60);
      for (int i = 0; i < steps; i++) {
        act(random.nextInt(40));
        happen();
        pump();
        assertThat(peer.received).hasSizeLessThanOrEqualTo(demanded);
      }
      finish();
      assertThat(peer.closed).hasSize(1);
      if (!peer.closing.isEmpty()) {
        assertThat(peer.closed).isEqualTo(peer.closing);
      }
      assertThat(peer.received).isEqualTo(offered.subList(0, peer.received.size()));
      List<String> frames = ServerFrames.describeWhole(peer.pipe.take());
      List<String> texts = frames.stream().filter(frame -> frame.startsWith("text:")).toList();
      assertThat(texts).isEqualTo(sent.subList(0, texts.size()));
      assertThat(peer.lost).isEqualTo(sent.size() - texts.size());
      assertThat(frames.stream().limit(Math.max(0, frames.size() - 1)))
          .as("nothing follows a close")
          .noneMatch(frame -> frame.startsWith("close:"));
      assertThat(peer.loop.timers()).isZero();
    }

    /** What the core does, also from inside a callback. */
    private void act(int what) {
      if (!peer.closed.isEmpty()) {
        return;
      }
      switch (what) {
        case 0, 1, 2, 3, 4, 5 -> {
          String text =
              sent.size() + "x".repeat(random.nextInt(random.nextInt(4) == 0 ? 400_000 : 9));
          sent.add("text:" + text);
          peer.send(text);
        }
        case 6, 7, 8, 9 -> {
          int messages = 1 + random.nextInt(3);
          demanded += messages;
          peer.demand(messages);
        }
        case 10 -> peer.call(c -> c.close(BYE, Pending.FLUSH));
        case 11 -> peer.call(c -> c.close(BYE, Pending.DISCARD));
        case 12 -> {
          if (random.nextInt(3) == 0) {
            peer.call(c -> c.abort());
          }
        }
        default -> {}
      }
    }

    /** What the peer, the socket and the clock do. */
    private void happen() {
      switch (random.nextInt(16)) {
        case 0, 1, 2 -> {
          List<byte[]> frames = new ArrayList<>();
          for (int i = random.nextInt(4); i >= 0; i--) {
            frames.add(ClientFrames.text("m" + offered.size()));
            offered.add("m" + offered.size());
          }
          receive(ClientFrames.join(frames.toArray(byte[][]::new)));
        }
        case 3 -> receive(ClientFrames.ping("p"));
        case 4, 5, 6 -> peer.pipe.makeRoom(random.nextInt(random.nextBoolean() ? 9 : 500_000));
        case 7, 8, 9, 10 -> peer.loop.turn();
        case 11 -> peer.advance(Duration.ofMillis(random.nextInt(20_000)));
        case 12 -> rarely(() -> receive(ClientFrames.close(1000, "")));
        case 13 -> rarely(() -> receive(new byte[] {(byte) 0xFF, 0, 0, 0, 0, 0}));
        case 14 -> rarely(() -> streamEnded = true);
        default -> rarely(() -> peer.pipe.failure = new IOException("reset"));
      }
    }

    private void rarely(Runnable event) {
      if (random.nextInt(4) == 0) {
        event.run();
      }
    }

    private void receive(byte[] bytes) {
      if (!streamEnded) {
        kernel.add(bytes);
      }
    }

    /** Hands over what has arrived, as far as the pipe is read. */
    private void pump() {
      while (readable() && !kernel.isEmpty()) {
        peer.pipe.receive(kernel.remove());
      }
      if (readable() && streamEnded && !endTold) {
        endTold = true;
        peer.pipe.listener.onEnd();
      }
    }

    private boolean readable() {
      return peer.pipe.wantsRead && peer.pipe.listener != null;
    }

    private void finish() {
      peer.onMessage = message -> {};
      peer.onLevel = level -> {};
      peer.onClosing = status -> {};
      peer.demand(1000);
      for (int i = 0; i < 10; i++) {
        peer.loop.settle();
        pump();
        peer.pipe.makeRoom(Long.MAX_VALUE);
      }
      peer.advance(Duration.ofMinutes(5));
    }
  }
}
