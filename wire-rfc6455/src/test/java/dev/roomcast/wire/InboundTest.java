package dev.roomcast.wire;

import static dev.roomcast.wire.ClientFrames.MASK;
import static dev.roomcast.wire.ClientFrames.frame;
import static dev.roomcast.wire.ClientFrames.join;
import static dev.roomcast.wire.ClientFrames.ping;
import static dev.roomcast.wire.ClientFrames.text;
import static dev.roomcast.wire.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InboundTest {
  private final Peer peer = new Peer();

  @Test
  void deliversMessagesInOrder() {
    peer.demand(10).receive(text("one"), text("two"), text(""), text("three"));
    assertThat(peer.received).containsExactly("one", "two", "", "three");
  }

  @Test
  void deliversNothingWithoutDemand() {
    peer.receive(text("one"));
    assertThat(peer.received).isEmpty();
  }

  @Test
  void readsOnWithoutDemandUntilAMessageComes() {
    assertThat(peer.pipe.wantsRead).isTrue();
    peer.receive(ping("a"));
    assertThat(peer.pipe.wantsRead).isTrue();
    peer.receive(text("one"));
    assertThat(peer.pipe.wantsRead).isFalse();
  }

  @Test
  void stopsInTheMiddleOfABufferAndGoesOnByDemandAlone() {
    peer.demand(1).receive(text("one"), text("two"), text("three"));
    assertThat(peer.received).containsExactly("one");

    peer.demand(1);
    assertThat(peer.received).containsExactly("one");
    peer.loop.settle();
    assertThat(peer.received).containsExactly("one", "two");
    assertThat(peer.pipe.wantsRead).isFalse();

    peer.demand(5).loop.settle();
    assertThat(peer.received).containsExactly("one", "two", "three");
    assertThat(peer.pipe.wantsRead).isTrue();
  }

  @Test
  void countsDemandFromInsideTheCallbackForTheNextMessage() {
    peer.onMessage = message -> peer.connection.demand(1);
    peer.demand(1).receive(text("one"), text("two"), text("three"));
    assertThat(peer.received).containsExactly("one", "two", "three");
  }

  @Test
  void keepsAMessageThatWasCutInTheMiddleWhilePaused() {
    byte[] second = text("second");
    byte[] head = java.util.Arrays.copyOf(second, 8);
    byte[] tail = java.util.Arrays.copyOfRange(second, 8, second.length);
    peer.demand(1).receive(text("one"), head);
    peer.demand(1).loop.settle();
    assertThat(peer.received).containsExactly("one");
    peer.receive(tail);
    assertThat(peer.received).containsExactly("one", "second");
  }

  @Test
  void takesBytesThatAPausedPipeStillHad() {
    peer.demand(1).receive(text("one"), text("two"));
    peer.receive(text("three"));
    peer.demand(2).loop.settle();
    assertThat(peer.received).containsExactly("one", "two", "three");
  }

  @Test
  void joinsFragmentsWithControlFramesBetweenThem() {
    peer.demand(1)
        .receive(
            frame(0x01, utf8("Hel"), MASK),
            ping("x"),
            frame(0x00, utf8("lo "), MASK),
            frame(0x00, utf8(""), MASK),
            ping("y"),
            frame(0x80, utf8("you"), 0x01020304));
    assertThat(peer.received).containsExactly("Hello you");
    assertThat(peer.written()).containsExactly("pong:x", "pong:y");
  }

  @Test
  void answersPingsUpToWhereItStopped() {
    peer.receive(ping("a"), text("one"), ping("b"));
    assertThat(peer.written()).containsExactly("pong:a");
    peer.demand(1);
    assertThat(peer.written()).containsExactly("pong:b");
  }

  @Test
  void takesAllThreeForms() {
    peer.demand(3).receive(text("a".repeat(125)), text("b".repeat(126)), text("c".repeat(70_000)));
    assertThat(peer.received).containsExactly("a".repeat(125), "b".repeat(126), "c".repeat(70_000));
  }

  @Test
  void marksBinary() {
    peer.demand(1).receive(frame(0x82, new byte[] {(byte) 0x41}, MASK));
    assertThat(peer.received).containsExactly("A");
  }

  @Test
  void takesAReadOnlyBuffer() {
    java.nio.ByteBuffer bytes =
        java.nio.ByteBuffer.wrap(join(text("one"), text("two"))).asReadOnlyBuffer();
    peer.demand(2);
    peer.pipe.listener.onBytes(bytes);
    assertThat(peer.received).containsExactly("one", "two");
  }

  @Test
  void answersTheLongestPing() {
    String payload = "p".repeat(125);
    peer.receive(ping(payload));
    assertThat(peer.written()).containsExactly("pong:" + payload);
  }

  @Test
  void ignoresPongs() {
    peer.demand(1).receive(frame(0x8A, utf8("whatever"), MASK), text("one"));
    assertThat(peer.received).containsExactly("one");
    assertThat(peer.written()).isEmpty();
  }
}
