package dev.roomcast.wire;

import static dev.roomcast.wire.ClientFrames.close;
import static dev.roomcast.wire.ClientFrames.ping;
import static dev.roomcast.wire.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Pending;
import org.junit.jupiter.api.Test;

/** The closing handshake: C05 and C06, RFC 6455 section 7.1. */
final class CloseTest {
  private static final CloseStatus BYE = new CloseStatus(4007, "Disconnected");
  private static final CloseStatus SLOW = new CloseStatus(4005, "Slow consumer");

  private final Peer peer = new Peer();

  private void closeWith(CloseStatus status, Pending pending) {
    peer.call(c -> c.close(status, pending));
  }

  private boolean ended() {
    return peer.pipe.closedAfterFlush || peer.pipe.aborted;
  }

  @Test
  void answersThePeersCloseWithItsCode() {
    peer.receive(close(1000, "bye"));
    assertThat(peer.closing).containsExactly(new CloseStatus(1000, "bye"));
    assertThat(peer.closed).containsExactly(new CloseStatus(1000, "bye"));
    assertThat(peer.written()).containsExactly("close:1000:");
    assertThat(peer.pipe.closedAfterFlush).isTrue();
  }

  @Test
  void takesTheLongestReasonAndTheHighestCode() {
    String reason = "r".repeat(CloseStatus.MAX_REASON_BYTES);
    peer.receive(close(4999, reason));
    assertThat(peer.closed).containsExactly(new CloseStatus(4999, reason));
  }

  @Test
  void seesTheLongestCloseAmongWhatItDiscards() {
    closeWith(BYE, Pending.FLUSH);
    peer.receive(text("late"), close(4007, "r".repeat(CloseStatus.MAX_REASON_BYTES)));
    assertThat(peer.pipe.closedAfterFlush).isTrue();
  }

  @Test
  void answersACloseWithoutACodeInKind() {
    peer.receive(close());
    assertThat(peer.closed).containsExactly(CloseStatus.NO_STATUS);
    assertThat(peer.written()).containsExactly("close:");
  }

  @Test
  void answersThePeersCloseAfterWhatIsQueued() {
    peer.onMessage = message -> peer.send("answer");
    peer.demand(1).receive(text("question"), close(3000, ""));
    assertThat(peer.written()).containsExactly("text:answer", "close:3000:");
  }

  @Test
  void ignoresWhatFollowsThePeersClose() {
    peer.demand(5).receive(close(1000, ""), text("late"), ping("x"), close(1001, ""));
    assertThat(peer.received).isEmpty();
    assertThat(peer.written()).containsExactly("close:1000:");
  }

  @Test
  void closesAfterWhatIsQueuedAndWaitsForThePeer() {
    peer.send("one");
    closeWith(BYE, Pending.FLUSH);
    assertThat(peer.written()).containsExactly("text:one", "close:4007:Disconnected");
    assertThat(ended()).isFalse();
    assertThat(peer.closed).isEmpty();

    peer.receive(close(4007, ""));
    assertThat(peer.pipe.closedAfterFlush).isTrue();
    assertThat(peer.pipe.aborted).isFalse();
    assertThat(peer.closed).containsExactly(BYE);
    assertThat(peer.closing).isEmpty();
  }

  @Test
  void readsAndDiscardsAfterClosing() {
    closeWith(BYE, Pending.FLUSH);
    peer.demand(5).receive(text("late"), ping("x"), ClientFrames.frame(0x01, new byte[5], 7));
    assertThat(peer.received).isEmpty();
    assertThat(peer.pipe.wantsRead).isTrue();
    assertThat(peer.written()).containsExactly("close:4007:Disconnected");
    peer.receive(close(4007, ""));
    assertThat(peer.closed).containsExactly(BYE);
  }

  @Test
  void discardsWhatWasKeptForLackOfCredit() {
    peer.receive(text("one"), text("two"), close(1000, ""));
    assertThat(peer.pipe.wantsRead).isFalse();
    closeWith(BYE, Pending.FLUSH);
    peer.loop.settle();
    assertThat(peer.received).isEmpty();
    assertThat(peer.closed).containsExactly(BYE);
    assertThat(peer.pipe.closedAfterFlush).isTrue();
  }

  @Test
  void readsOnWhenItWasPausedAndCloses() {
    peer.receive(text("one"));
    closeWith(BYE, Pending.FLUSH);
    peer.loop.settle();
    assertThat(peer.pipe.wantsRead).isTrue();
  }

  @Test
  void letsTheFirstCloseWin() {
    closeWith(BYE, Pending.FLUSH);
    closeWith(SLOW, Pending.DISCARD);
    peer.send("late");
    assertThat(peer.written()).containsExactly("close:4007:Disconnected");
    peer.receive(close(4007, ""));
    assertThat(peer.closed).containsExactly(BYE);
    assertThat(peer.lost).isEqualTo(1);
  }

  @Test
  void dropsWhatIsQueuedIfAskedTo() {
    peer.send("one").send("two");
    closeWith(SLOW, Pending.DISCARD);
    assertThat(peer.written()).containsExactly("close:4005:Slow consumer");
    peer.receive(close(4005, ""));
    assertThat(peer.lost).isEqualTo(2);
  }

  @Test
  void finishesAFrameThatWasBegun() {
    peer.pipe.room = 4;
    peer.send("first").send("second");
    peer.loop.settle();
    closeWith(SLOW, Pending.DISCARD);
    peer.loop.settle();
    peer.pipe.makeRoom(1000);
    assertThat(peer.written()).containsExactly("text:first", "close:4005:Slow consumer");
    peer.receive(close(4005, ""));
    assertThat(peer.lost).isEqualTo(1);
  }

  @Test
  void refusesACodeThatMayNotBeSent() {
    assertThatThrownBy(() -> closeWith(CloseStatus.ABNORMAL, Pending.FLUSH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1006");
  }

  @Test
  void deliversNothingAfterItWasClosedFromInsideTheCallback() {
    peer.onMessage = message -> peer.connection.close(BYE, Pending.FLUSH);
    peer.demand(5).receive(text("one"), text("two"), close(4007, ""));
    assertThat(peer.received).containsExactly("one");
    assertThat(peer.closed).containsExactly(BYE);
  }
}
