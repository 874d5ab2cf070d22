package dev.roomcast.wire;

import static dev.roomcast.wire.ClientFrames.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.wire.internal.FramedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Join per turn, compose once, partial writes, control frames between. */
final class FlushTest {
  private final Peer peer = new Peer();

  private static FramedMessage framed(String text) {
    return FramedMessage.text(ClientFrames.utf8(text), true);
  }

  @Test
  void writesNothingBeforeTheTurnsEnd() {
    peer.send("one");
    assertThat(peer.pipe.writes).isZero();
    peer.loop.settle();
    assertThat(peer.pipe.writes).isEqualTo(1);
  }

  @Test
  void joinsTheMessagesOfATurnInOneWrite() {
    peer.send("one").send("two");
    peer.call(c -> c.send(framed("three"), Flush.PACED));
    assertThat(peer.written()).containsExactly("text:one", "text:two", "text:three");
    assertThat(peer.pipe.writes).isEqualTo(1);
  }

  @Test
  void saysHowMuchIsQueued() {
    peer.pipe.room = 3;
    peer.send("one").send("two");
    assertThat(peer.connection.queuedBytes()).isEqualTo(10);
    peer.loop.settle();
    assertThat(peer.connection.queuedBytes()).isEqualTo(7);
    peer.pipe.makeRoom(100);
    assertThat(peer.connection.queuedBytes()).isZero();
  }

  @Test
  void givesEachMemberOfARoomTheSameBytes() {
    List<Peer> members = new ArrayList<>(List.of(peer));
    IntStream.range(0, 5).forEach(i -> members.add(new Peer(peer)));
    members.get(2).send("direct");
    FramedMessage one = framed("one");
    FramedMessage two = framed("two");
    members.forEach(member -> member.call(c -> c.send(one, Flush.PACED)));
    members.get(4).send("other");
    members.forEach(member -> member.call(c -> c.send(two, Flush.PACED)));
    assertThat(members.get(2).written()).containsExactly("text:direct", "text:one", "text:two");
    assertThat(members.get(4).written()).containsExactly("text:one", "text:other", "text:two");
    for (int i : new int[] {0, 1, 3, 5}) {
      assertThat(members.get(i).written()).containsExactly("text:one", "text:two");
      assertThat(members.get(i).pipe.writes).isEqualTo(1);
    }
  }

  @Test
  void slicesTheFlushOfALargeRoom() {
    List<Peer> members = new ArrayList<>();
    IntStream.range(0, 2 * FlushCycle.SLICE + 1).forEach(i -> members.add(new Peer(peer)));
    FramedMessage message = framed("hello");
    members.forEach(member -> member.call(c -> c.send(message, Flush.PACED)));
    peer.loop.turn();
    assertThat(members.stream().filter(member -> member.pipe.writes > 0)).hasSize(FlushCycle.SLICE);
    peer.send("meanwhile");
    peer.loop.settle();
    assertThat(members).allSatisfy(member -> assertThat(member.pipe.writes).isEqualTo(1));
    assertThat(peer.written()).containsExactly("text:meanwhile");
  }

  @Test
  void slicesTheFlushOfLongQueues() {
    FramedMessage large = framed("x".repeat(200_000));
    List<Peer> members = new ArrayList<>();
    IntStream.range(0, 100).forEach(i -> members.add(new Peer(peer)));
    members.forEach(member -> member.call(c -> c.send(large, Flush.PACED)));
    peer.loop.turn();
    assertThat(members.stream().filter(member -> member.pipe.writes > 0).count())
        .isBetween(30L, 60L);
    peer.loop.settle();
    assertThat(members).allSatisfy(member -> assertThat(member.pipe.writes).isPositive());
  }

  @Test
  void flushesTheOthersAfterAnError() {
    Peer failing = new Peer(peer);
    Peer neighbour = new Peer(peer);
    failing.pipe.room = 0;
    failing.onLevel =
        level -> {
          throw new StackOverflowError("on purpose");
        };
    peer.send("one");
    failing.send("x".repeat(600_000));
    neighbour.send("two");
    assertThatThrownBy(() -> peer.loop.settle()).isInstanceOf(StackOverflowError.class);
    peer.loop.settle();
    assertThat(neighbour.written()).containsExactly("text:two");
    neighbour.send("three");
    assertThat(neighbour.written()).containsExactly("text:three");
    assertThat(failing.closing).containsExactly(CloseStatus.INTERNAL_ERROR);
  }

  @Test
  void abortsAPipeThatThrowsWhatItMustNot() {
    peer.pipe.surprise = new IllegalStateException("on purpose");
    peer.send("one").loop.settle();
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
  }

  @Test
  void flushesEverythingOnALoopThatCloses() {
    List<Peer> members = new ArrayList<>();
    IntStream.range(0, FlushCycle.SLICE + 9).forEach(i -> members.add(new Peer(peer)));
    members.forEach(member -> member.send("last"));
    peer.loop.closed = true;
    peer.loop.turn();
    assertThat(members).allSatisfy(member -> assertThat(member.pipe.writes).isEqualTo(1));
  }

  @Test
  void goesOnWhereTheSocketStopped() {
    peer.pipe.room = 7;
    peer.send("one").send("two").send("three");
    peer.loop.settle();
    assertThat(peer.pipe.wantsWrite).isTrue();
    peer.send("four").loop.settle();
    assertThat(peer.pipe.writes).as("a blocked socket is left alone").isEqualTo(1);
    peer.pipe.makeRoom(4);
    peer.pipe.makeRoom(1000);
    assertThat(peer.written()).containsExactly("text:one", "text:two", "text:three", "text:four");
    assertThat(peer.pipe.wantsWrite).isFalse();
  }

  @Test
  void writesFramesLargerThanTheBufferInSlices() {
    String large = "x".repeat(200_000);
    String small = "y".repeat(60_000);
    peer.pipe.mostPerWrite = 50_001;
    peer.send("a").send(large).send(small).send(large);
    for (int i = 0; i < 100; i++) {
      peer.loop.settle();
      peer.pipe.makeRoom(Long.MAX_VALUE);
    }
    assertThat(peer.written())
        .containsExactly("text:a", "text:" + large, "text:" + small, "text:" + large);
  }

  @Test
  void writesAtOnceWhatWouldMakeAReaderLookSlow() {
    FramedMessage message = framed("x".repeat(60_000));
    peer.call(c -> IntStream.range(0, 40).forEach(i -> c.send(message, Flush.PACED)));
    assertThat(peer.pipe.writes).isPositive();
    assertThat(peer.connection.queuedBytes()).isLessThan(300_000);
    peer.loop.settle();
    assertThat(peer.levels).isEmpty();
  }

  @Test
  void answersEachPingOfATurn() {
    peer.receive(ping("a"), ping("b"), ping(""));
    assertThat(peer.written()).containsExactly("pong:a", "pong:b", "pong:");
    assertThat(peer.pipe.writes).isEqualTo(1);
  }

  @Test
  void keepsOnlyTheLatestPongForAPeerThatDoesNotRead() {
    peer.pipe.room = 2;
    peer.send("one").send("two").loop.settle();
    for (int i = 0; i < 1000; i++) {
      peer.receive(ping("p" + i));
    }
    assertThat(peer.connection.queuedBytes()).isEqualTo(8);
    peer.pipe.makeRoom(1000);
    assertThat(peer.written()).containsExactly("text:one", "pong:p999", "text:two");
  }

  @Test
  void replacesNoPongThatWasBegun() {
    peer.pipe.room = 2;
    peer.send("one").loop.settle();
    peer.receive(ping("aaaa"));
    peer.pipe.makeRoom(6); // the rest of the text and the first byte of the pong
    peer.receive(ping("bbbb"), ping("cccc"));
    peer.pipe.makeRoom(1000);
    assertThat(peer.written()).containsExactly("text:one", "pong:aaaa", "pong:cccc");
  }

  @Test
  void doesNotCountControlFramesAsQueued() {
    peer.pipe.room = 0;
    peer.receive(ping("x"));
    assertThat(peer.connection.queuedBytes()).isZero();
  }

  @Test
  void abortsAPipeThatThrows() {
    Peer neighbour = new Peer(peer);
    peer.pipe.failure = new IOException("reset");
    peer.send("one");
    neighbour.send("two").loop.settle();
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
    assertThat(peer.lost).isEqualTo(1);
    assertThat(neighbour.written()).containsExactly("text:two");
  }

  @Test
  void abortsAPipeThatTakesMinusOne() {
    peer.pipe.answer = -1;
    peer.send("one").loop.settle();
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
  }

  @Test
  void doesNotCallTheListenerFromAWriteInsideSend() {
    peer.pipe.failure = new IOException("reset");
    FramedMessage message = framed("x".repeat(300_000));
    peer.call(c -> c.send(message, Flush.TURN_END));
    assertThat(peer.pipe.aborted).isTrue();
    assertThat(peer.closed).isEmpty();
    peer.send("late").loop.settle();
    assertThat(peer.closed).containsExactly(CloseStatus.ABNORMAL);
    assertThat(peer.lost).isEqualTo(2);
  }

  @Test
  void leavesOutAConnectionThatWasAbortedWhileItWaitedForTheFlush() {
    Peer neighbour = new Peer(peer);
    peer.send("one");
    neighbour.send("two");
    peer.call(c -> c.abort()).loop.settle();
    assertThat(peer.pipe.writes).isZero();
    assertThat(neighbour.written()).containsExactly("text:two");
  }

  @Test
  void takesClosesAndSendsFromCallbacksInsideTheFlush() {
    Peer closing = new Peer(peer);
    Peer answering = new Peer(peer);
    closing.pipe.room = 0;
    closing.onLevel =
        level -> {
          closing.connection.close(new CloseStatus(4005, "Slow consumer"), Pending.DISCARD);
          answering.connection.send(framed("told"), Flush.TURN_END);
          peer.connection.abort();
        };
    peer.send("first");
    closing.send("x".repeat(600_000));
    answering.send("own").loop.settle();
    assertThat(closing.levels).hasSize(1);
    closing.pipe.makeRoom(Long.MAX_VALUE);
    assertThat(closing.written()).containsExactly("close:4005:Slow consumer");
    assertThat(answering.written()).containsExactly("text:own", "text:told");
  }

  @Test
  void refusesMessagesOfOtherTransports() {
    assertThatThrownBy(() -> peer.connection.send(() -> 3, Flush.TURN_END))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another transport");
  }
}
