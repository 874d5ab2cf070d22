package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.wire.internal.FramedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a socket takes at a time, each peer reads whole frames in the order of sending. */
final class OutboundPropertiesTest {
  private static final CloseStatus BYE = new CloseStatus(4007, "Disconnected");

  /** One connection and what it must have read in the end. */
  private record Member(Peer peer, List<String> expected) {}

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void writesTheSameFramesHoweverTheyAreTaken(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int count) {
    Random random = new Random(seed);
    Peer first = new Peer();
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      members.add(new Member(i == 0 ? first : new Peer(first), new ArrayList<>()));
    }
    int name = 0;
    for (int step = 0; step < 60; step++) {
      Member member = members.get(random.nextInt(count));
      switch (random.nextInt(6)) {
        case 0 -> sendTo(List.of(member), text(random, name++), Flush.TURN_END);
        case 1, 2 -> sendTo(members, text(random, name++), Flush.PACED);
        case 3 -> first.loop.turn();
        case 4 -> member.peer.pipe.makeRoom(random.nextInt(random.nextBoolean() ? 10 : 200_000));
        default -> {
          member.peer.pipe.mostPerWrite = 1 + random.nextInt(100_000);
          long queued = member.peer.connection.queuedBytes();
          assertThat(queued).isNotNegative();
        }
      }
    }
    for (Member member : members) {
      drain(member.peer);
      assertThat(member.peer.written()).isEqualTo(member.expected);
      assertThat(member.peer.connection.queuedBytes()).isZero();
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void neverCutsAFrameWhenItDiscards(@ForAll long seed) {
    Random random = new Random(seed);
    Peer peer = new Peer();
    Member member = new Member(peer, new ArrayList<>());
    peer.pipe.room = random.nextInt(random.nextBoolean() ? 20 : 300_000);
    int sent = 1 + random.nextInt(8);
    for (int i = 0; i < sent; i++) {
      sendTo(List.of(member), text(random, i), Flush.TURN_END);
      if (random.nextInt(3) == 0) {
        peer.receive(ClientFrames.ping("p" + i));
      }
      if (random.nextInt(3) == 0) {
        peer.pipe.makeRoom(random.nextInt(30));
      }
    }
    if (random.nextBoolean()) {
      peer.loop.settle();
    }
    peer.call(c -> c.close(BYE, Pending.DISCARD));
    drain(peer);
    List<String> frames = peer.written();
    assertThat(frames).last().isEqualTo("close:4007:Disconnected");
    peer.receive(ClientFrames.close(4007, ""));
    List<String> texts = frames.stream().filter(frame -> frame.startsWith("text:")).toList();
    assertThat(member.expected.subList(0, texts.size())).isEqualTo(texts);
    assertThat(texts.size() + peer.lost).isEqualTo(sent);
  }

  private static void drain(Peer peer) {
    peer.pipe.mostPerWrite = Math.max(peer.pipe.mostPerWrite, 10_000);
    do {
      peer.loop.settle();
      peer.pipe.makeRoom(Long.MAX_VALUE);
    } while (peer.pipe.wantsWrite);
  }

  private static String text(Random random, int name) {
    int length =
        switch (random.nextInt(8)) {
          case 0 -> 65_520 + random.nextInt(30);
          case 1 -> random.nextInt(200_000);
          default -> random.nextInt(300);
        };
    return name + ":" + "x".repeat(length);
  }

  private static void sendTo(List<Member> members, String text, Flush flush) {
    FramedMessage framed = FramedMessage.text(ClientFrames.utf8(text), true);
    for (Member member : members) {
      member.peer.call(c -> c.send(framed, flush));
      member.expected.add("text:" + text);
    }
  }
}
