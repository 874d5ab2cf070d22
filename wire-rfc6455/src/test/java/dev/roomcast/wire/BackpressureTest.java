package dev.roomcast.wire;

import static dev.roomcast.port.transport.Backpressure.CLEAR;
import static dev.roomcast.port.transport.Backpressure.HIGH;
import static dev.roomcast.port.transport.Backpressure.OVER_LIMIT;
import static dev.roomcast.port.transport.Backpressure.STALLED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Pending;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The levels, at the default limit of 1 MiB and stall time-out of 10 seconds. */
final class BackpressureTest {
  private static final int EIGHTH = 128 * 1024;
  private static final int HEADER = 10;

  private final Peer peer = new Peer();

  private void queueEighths(int count) {
    for (int i = 0; i < count; i++) {
      peer.send("x".repeat(EIGHTH - HEADER));
    }
    peer.loop.settle();
  }

  @Test
  void saysNothingUpToHalfOfTheLimit() {
    peer.pipe.room = 0;
    queueEighths(4);
    assertThat(peer.connection.queuedBytes()).isEqualTo(4 * EIGHTH);
    assertThat(peer.levels).isEmpty();
  }

  @Test
  void risesByLevelsAndSaysEachOnce() {
    peer.pipe.room = 0;
    queueEighths(5);
    assertThat(peer.levels).containsExactly(HIGH);
    queueEighths(3);
    assertThat(peer.levels).containsExactly(HIGH);
    queueEighths(1);
    queueEighths(1);
    assertThat(peer.levels).containsExactly(HIGH, OVER_LIMIT);
  }

  @Test
  void clearsAtAQuarter() {
    peer.pipe.room = 0;
    queueEighths(6);
    peer.pipe.makeRoom(3 * EIGHTH);
    assertThat(peer.levels).containsExactly(HIGH);
    peer.pipe.makeRoom(EIGHTH);
    assertThat(peer.levels).containsExactly(HIGH, CLEAR);
  }

  @Test
  void clearsFromOverTheLimitWithoutPassingHigh() {
    peer.pipe.room = 0;
    queueEighths(9);
    peer.pipe.makeRoom(3 * EIGHTH);
    peer.pipe.makeRoom(3 * EIGHTH);
    assertThat(peer.levels).containsExactly(OVER_LIMIT);
    peer.pipe.makeRoom(Long.MAX_VALUE);
    assertThat(peer.levels).containsExactly(OVER_LIMIT, CLEAR);
  }

  @Test
  void triesTheSocketBeforeItBlamesIt() {
    peer.pipe.room = 0;
    queueEighths(8);
    assertThat(peer.levels).containsExactly(HIGH);
    peer.pipe.room = Long.MAX_VALUE; // takes again, and the loop has not seen it yet
    queueEighths(8);
    assertThat(peer.levels).containsExactly(HIGH, CLEAR);
  }

  @Test
  void letsOneMessageBeLargerThanTheLimit() {
    peer.pipe.room = 0;
    peer.send("x".repeat(2 * 1024 * 1024)).loop.settle();
    assertThat(peer.levels).containsExactly(HIGH);
    peer.send("y").loop.settle();
    assertThat(peer.levels).containsExactly(HIGH, OVER_LIMIT);
  }

  @Test
  void tellsOfASocketThatTakesNothing() {
    peer.pipe.room = 3;
    peer.send("hello").loop.settle();
    peer.advance(Duration.ofMillis(9_900));
    assertThat(peer.levels).isEmpty();
    peer.advance(Duration.ofMillis(200));
    assertThat(peer.levels).containsExactly(STALLED);
    peer.advance(Duration.ofSeconds(20));
    assertThat(peer.levels).containsExactly(STALLED);
    peer.pipe.makeRoom(100);
    assertThat(peer.levels).containsExactly(STALLED, CLEAR);
  }

  @Test
  void doesNotCallASlowReaderStalled() {
    peer.pipe.room = 0;
    peer.send("hello world").loop.settle();
    for (int i = 0; i < 5; i++) {
      peer.advance(Duration.ofSeconds(8));
      peer.pipe.makeRoom(1);
    }
    assertThat(peer.levels).isEmpty();
  }

  @Test
  void seesProgressInAWriteThatTookItsWholeBuffer() {
    peer.pipe.room = 0;
    for (int i = 0; i < 3; i++) {
      peer.send("x".repeat(60_000));
    }
    peer.loop.settle();
    peer.advance(Duration.ofSeconds(8));
    peer.pipe.makeRoom(60_004); // all that one write offers, and nothing of the next
    peer.advance(Duration.ofSeconds(8));
    assertThat(peer.levels).isEmpty();
  }

  @Test
  void triesTheSocketBeforeItCallsItStalled() {
    peer.pipe.room = 0;
    peer.send("hello").loop.settle();
    peer.pipe.room = 100; // and no word of it, as after a reset
    peer.advance(Duration.ofSeconds(11));
    assertThat(peer.levels).isEmpty();
    assertThat(peer.written()).containsExactly("text:hello");
  }

  @Test
  void tellsWhatItFindsWhenItTriesAgain() {
    peer.pipe.room = 0;
    queueEighths(5);
    peer.pipe.room = Long.MAX_VALUE; // and no word of it
    peer.advance(Duration.ofSeconds(11));
    assertThat(peer.levels).containsExactly(HIGH, CLEAR);
  }

  @Test
  void tellsOfASecondStall() {
    peer.pipe.room = 0;
    peer.send("hello").loop.settle();
    peer.advance(Duration.ofSeconds(11));
    peer.pipe.makeRoom(2);
    peer.advance(Duration.ofSeconds(11));
    assertThat(peer.levels).containsExactly(STALLED, CLEAR, STALLED);
  }

  @Test
  void isSilentOnceAClosesBegan() {
    peer.pipe.room = 0;
    queueEighths(9);
    peer.call(c -> c.close(new CloseStatus(4005, "Slow consumer"), Pending.DISCARD));
    peer.pipe.makeRoom(Long.MAX_VALUE);
    peer.loop.settle();
    assertThat(peer.levels).containsExactly(OVER_LIMIT);
    peer.receive(ClientFrames.close(4005, ""));
    assertThat(peer.lost).isEqualTo(9);
  }
}
