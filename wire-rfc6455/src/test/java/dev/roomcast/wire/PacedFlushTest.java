package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.wire.internal.FramedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fan-out waits while its loop is busy, and nothing else does. */
final class PacedFlushTest {
  private static final int MEMBERS = 100;

  /** So that a round of writes takes 3 ms. */
  private static final Duration WRITE = Duration.ofNanos(30_000);

  private static final Duration PACING = TransportSettings.DEFAULT_PACING;

  private final List<Peer> members = new ArrayList<>();
  private FakeLoop loop = new FakeLoop();

  private void room(Duration pacing) {
    Peer first = new Peer(settings -> settings.withPacing(pacing));
    loop = first.loop;
    members.add(first);
    IntStream.range(1, MEMBERS).forEach(i -> members.add(new Peer(first)));
    members.forEach(member -> member.pipe.onWrite = () -> loop.hang(WRITE));
  }

  private void publish(String text) {
    FramedMessage message = FramedMessage.text(ClientFrames.utf8(text), true);
    members.forEach(member -> member.call(connection -> connection.send(message, Flush.PACED)));
  }

  /** One message is written, and several come meanwhile. */
  private void makeBusy() {
    publish("first");
    Peer writtenLast = members.get(MEMBERS - 1);
    writtenLast.pipe.onWrite =
        () -> {
          loop.hang(WRITE);
          writtenLast.pipe.onWrite = () -> loop.hang(WRITE);
          loop.execute(() -> publish("second"));
          loop.execute(() -> publish("third"));
        };
    loop.settle();
  }

  private void expectWrites(int each) {
    assertThat(members).allSatisfy(member -> assertThat(member.pipe.writes).isEqualTo(each));
  }

  @Test
  void sendsTheFirstMessageAtOnce() {
    room(PACING);
    publish("first");
    loop.settle();
    expectWrites(1);
  }

  @Test
  void letsAFanOutWaitOnABusyLoop() {
    room(PACING);
    makeBusy();
    expectWrites(1);
    publish("fourth");
    loop.advance(Duration.ofMillis(3));
    expectWrites(2);
    assertThat(members)
        .allSatisfy(
            member ->
                assertThat(member.written())
                    .containsExactly("text:first", "text:second", "text:third", "text:fourth"));
  }

  @Test
  void waitsNoLongerThanAllowed() {
    room(Duration.ofMillis(1));
    makeBusy();
    loop.advance(Duration.ofMillis(1));
    expectWrites(2);
  }

  @Test
  void neverWaitsWherePacingIsOff() {
    room(Duration.ZERO);
    makeBusy();
    expectWrites(2);
  }

  @Test
  void sendsAtOnceWhatComesAfterARest() {
    room(PACING);
    makeBusy();
    loop.advance(PACING);
    loop.advance(PACING);
    publish("later");
    loop.settle();
    expectWrites(3);
  }

  @Test
  void keepsNoAnswerWaiting() {
    expectAtOnce(
        connection ->
            connection.send(FramedMessage.text(ClientFrames.utf8("answer"), true), Flush.TURN_END),
        "text:answer");
  }

  @Test
  void keepsNoCloseWaiting() {
    expectAtOnce(
        connection -> connection.close(new CloseStatus(4007, "Disconnected"), Pending.FLUSH),
        "close:4007:Disconnected");
  }

  private void expectAtOnce(Consumer<Connection> sends, String frame) {
    room(PACING);
    makeBusy();
    Peer answered = members.get(7);
    answered.call(sends);
    loop.settle();
    assertThat(answered.written())
        .containsExactly("text:first", "text:second", "text:third", frame);
    assertThat(members.get(8).pipe.writes).as("others wait").isEqualTo(1);
    loop.advance(PACING);
    assertThat(answered.pipe.writes).as("nothing is left for the round").isEqualTo(2);
  }

  @Test
  void keepsNoPongWaiting() {
    room(PACING);
    makeBusy();
    Peer alive = members.get(7).receive(ClientFrames.ping("there?"));
    assertThat(alive.written())
        .containsExactly("text:first", "text:second", "text:third", "pong:there?");
  }

  @Test
  void waitsNotAgainWhereNothingCame() {
    room(PACING);
    makeBusy();
    loop.advance(PACING);
    expectWrites(2);
    publish("fourth");
    publish("fifth");
    loop.settle();
    expectWrites(3);
  }

  @Test
  void forgetsWhoEndsWhileItWaits() {
    room(PACING);
    makeBusy();
    members.get(7).call(connection -> connection.abort());
    loop.advance(PACING);
    assertThat(members.get(7).pipe.writes).isEqualTo(1);
    assertThat(members.get(8).pipe.writes).isEqualTo(2);
  }
}
