package dev.roomcast.wire;

import static dev.roomcast.wire.ClientFrames.close;
import static dev.roomcast.wire.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Pending;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every other end: time is up, streams and pipes break, listeners throw, someone aborts. */
final class EndTest {
  private static final CloseStatus BYE = new CloseStatus(4007, "Disconnected");

  private final Peer peer = new Peer();

  private void closeWith(CloseStatus status, Pending pending) {
    peer.call(c -> c.close(status, pending));
  }

  private boolean ended() {
    return peer.pipe.closedAfterFlush || peer.pipe.aborted;
  }

  @Test
  void endsByForceIfThePeerDoesNotAnswer() {
    closeWith(BYE, Pending.FLUSH);
    peer.advance(Duration.ofMillis(4_999));
    assertThat(ended()).isFalse();
    peer.advance(Duration.ofMillis(101));
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.closed).containsExactly(BYE);
  }

  @Test
  void endsWhenThePeerEndsItsStream() {
    closeWith(BYE, Pending.FLUSH);
    peer.loop.settle();
    peer.pipe.listener.onEnd();
    assertThat(peer.pipe.closedAfterFlush).isTrue();
    peer.loop.settle();
    assertThat(peer.closed).containsExactly(BYE);
  }

  @Test
  void writesTheRestToAPeerThatOnlyEndedItsOwnStream() {
    peer.pipe.room = 3;
    peer.send("one");
    closeWith(BYE, Pending.FLUSH);
    peer.loop.settle();
    peer.pipe.listener.onEnd();
    assertThat(ended()).isFalse();
    peer.pipe.makeRoom(1000);
    assertThat(peer.pipe.closedAfterFlush).isTrue();
    assertThat(peer.written()).containsExactly("text:one", "close:4007:Disconnected");
  }

  @Test
  void reportsAnEndWithoutACloseAsAbnormal() {
    peer.pipe.room = 0;
    peer.send("lost");
    peer.loop.settle();
    peer.pipe.listener.onEnd();
    assertThat(peer.closing).containsExactly(CloseStatus.ABNORMAL);
    assertThat(peer.pipe.closedAfterFlush).isTrue();
    peer.send("late").loop.settle();
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
    assertThat(peer.lost).isEqualTo(2);
  }

  @Test
  void deliversWhatCameBeforeTheEndOnDemand() {
    peer.receive(text("one"));
    peer.pipe.listener.onEnd();
    assertThat(peer.closing).isEmpty();
    peer.demand(1).loop.settle();
    assertThat(peer.received).containsExactly("one");
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
  }

  @Test
  void reportsABrokenPipeAsAbnormal() {
    peer.send("one");
    peer.pipe.listener.onClosed(new IOException("reset"));
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
    assertThat(peer.lost).isEqualTo(1);
    assertThat(peer.written()).isEmpty();
  }

  @Test
  void reportsTheLocalStatusWhenThePipeBreaksWhileClosing() {
    closeWith(BYE, Pending.FLUSH);
    peer.pipe.listener.onClosed(new IOException("reset"));
    assertThat(peer.closed).containsExactly(BYE);
  }

  @Test
  void abortsAtOnceAndReportsLater() {
    peer.send("lost").call(c -> c.abort());
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.closed).isEmpty();
    peer.loop.settle();
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
    assertThat(peer.written()).isEmpty();
    assertThat(peer.lost).isEqualTo(1);
  }

  @Test
  void closesWith1011IfTheListenerThrows() {
    peer.onMessage =
        message -> {
          throw new IllegalStateException("broken on purpose");
        };
    peer.demand(2).receive(text("one"), text("two"));
    assertThat(peer.received).containsExactly("one");
    assertThat(peer.closing).containsExactly(CloseStatus.INTERNAL_ERROR);
    assertThat(peer.written()).containsExactly("close:1011:Internal error");
  }

  @Test
  void survivesAListenerThatThrowsAtTheEnd() {
    Consumer<CloseStatus> broken =
        status -> {
          throw new IllegalStateException("broken on purpose");
        };
    peer.onClosing = broken;
    peer.onClosed = broken;
    peer.receive(close(1000, ""));
    assertThat(peer.pipe.closedAfterFlush).isTrue();
  }

  @Test
  void deliversNothingAfterItWasAbortedFromInsideTheCallback() {
    peer.onMessage = message -> peer.connection.abort();
    peer.demand(5).receive(text("one"), text("two"), close(4007, ""));
    assertThat(peer.received).containsExactly("one");
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
  }

  @Test
  void takesAnAbortOrACloseFromInsideOnClosing() {
    peer.onClosing =
        status -> {
          peer.connection.close(BYE, Pending.DISCARD);
          peer.connection.abort();
        };
    peer.receive(close(1000, ""), text("late"));
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.pipe.closedAfterFlush).isFalse();
    assertThat(peer.closed).containsExactly(new CloseStatus(1000, ""));
  }

  @Test
  void lingersBehindWhatWasWrittenWhenTimeIsUp() {
    peer.send("large");
    closeWith(BYE, Pending.FLUSH);
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.pipe.closedAfterFlush).as("a FIN first, where all is written").isTrue();
    assertThat(peer.pipe.aborted).isTrue();
  }

  @Test
  void resetsAPeerThatDoesNotReadWhenTimeIsUp() {
    peer.pipe.room = 3;
    peer.send("large");
    closeWith(BYE, Pending.FLUSH);
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.pipe.closedAfterFlush).isFalse();
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.lost).isEqualTo(1);
  }

  @Test
  void abortsEverythingOfALoop() {
    Peer other = new Peer(peer);
    peer.receive(close(1000, ""));
    peer.world.end();
    peer.loop.settle();
    assertThat(other.pipe.aborted).isTrue();
    assertThat(other.closed).containsExactly(CloseStatus.ABNORMAL);
    assertThat(peer.closed).containsExactly(new CloseStatus(1000, ""));
    assertThat(peer.pipe.aborted).as("was gone already").isFalse();
  }

  @Test
  void endsByForceAPeerThatClosedAndDoesNotRead() {
    peer.pipe.room = 0;
    peer.receive(close(1000, ""));
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.closed).containsExactly(new CloseStatus(1000, ""));
  }

  @Test
  void endsByForceAPipeThatNeverFlushes() {
    peer.pipe.lingers = true;
    peer.pipe.listener.onEnd();
    assertThat(peer.pipe.closedAfterFlush).isTrue();
    assertThat(peer.pipe.wantsRead).isFalse();
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
  }

  @Test
  void ignoresBytesThatWereOnTheirWayWhenItWasAborted() {
    peer.demand(1).call(c -> c.abort());
    peer.pipe.receive(text("late"));
    peer.loop.settle();
    assertThat(peer.received).isEmpty();
    assertThat(peer.written()).isEmpty();
  }

  @Test
  void closesAConnectionThatTheAcceptorFailedToOpen() {
    Peer failing = new Peer(peer, new IllegalStateException("broken on purpose"));
    assertThat(failing.written()).containsExactly("close:1011:Internal error");
    failing.receive(text("unheard"), close(1011, ""));
    assertThat(failing.pipe.closedAfterFlush).isTrue();
    assertThat(failing.closed).isEmpty();
  }

  @Test
  void forgetsConnectionsThatAreGone() {
    peer.receive(close(1000, ""));
    assertThat(peer.world.size()).isZero();
  }

  @Test
  void leavesNoDeadlineBehind() {
    closeWith(BYE, Pending.FLUSH);
    peer.receive(close(4007, ""));
    peer.advance(Duration.ofMinutes(5));
    assertThat(peer.pipe.aborted).isFalse();
    assertThat(peer.loop.timers()).isZero();
  }
}
