package dev.roomcast.wire;

import static dev.roomcast.wire.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pings and time-outs of silence, at the default of 60 seconds. */
final class IdleTest {
  private static final CloseStatus IDLE = new CloseStatus(1001, "Idle timeout");
  private static final byte[] PONG = ClientFrames.frame(0x8A, new byte[0], 9);

  private final Peer peer = new Peer();

  @Test
  void pingsAtHalfAndClosesAtTheWhole() {
    peer.advance(Duration.ofMillis(29_999));
    assertThat(peer.written()).isEmpty();
    peer.advance(Duration.ofMillis(101));
    assertThat(peer.written()).containsExactly("ping:");
    peer.advance(Duration.ofMillis(29_800));
    assertThat(peer.written()).isEmpty();
    assertThat(peer.closing).isEmpty();
    peer.advance(Duration.ofMillis(201));
    assertThat(peer.written()).containsExactly("close:1001:Idle timeout");
    assertThat(peer.closing).containsExactly(IDLE);
    peer.advance(Duration.ofSeconds(6));
    assertThat(peer.pipe.aborted).isTrue();
  }

  @Test
  void takesAnyByteForASignOfLife() {
    for (int i = 0; i < 10; i++) {
      peer.advance(Duration.ofSeconds(29));
      peer.receive(new byte[] {PONG[i % PONG.length]});
    }
    assertThat(peer.written()).isEmpty();
  }

  @Test
  void pingsAgainInEachSilence() {
    for (int i = 0; i < 3; i++) {
      peer.advance(Duration.ofSeconds(45));
      assertThat(peer.written()).containsExactly("ping:");
      peer.receive(PONG);
    }
    assertThat(peer.closing).isEmpty();
  }

  @Test
  void sendsNoPingsIfItShallNot() {
    Peer silent = new Peer(settings -> settings.withSendPings(false));
    silent.advance(Duration.ofSeconds(59));
    assertThat(silent.written()).isEmpty();
    silent.advance(Duration.ofSeconds(2));
    assertThat(silent.closing).containsExactly(IDLE);
  }

  @Test
  void neverClosesWithATimeOutOfZero() {
    Peer patient = new Peer(settings -> settings.withIdleTimeout(Duration.ZERO));
    patient.advance(Duration.ofDays(1));
    assertThat(patient.closing).isEmpty();
    assertThat(patient.written()).isEmpty();
    assertThat(patient.loop.timers()).isZero();
  }

  @Test
  void standsStillWhileReadingIsPaused() {
    peer.receive(text("one"));
    peer.advance(Duration.ofMinutes(10));
    assertThat(peer.closing).isEmpty();
    assertThat(peer.written()).isEmpty();

    peer.demand(1);
    peer.advance(Duration.ofSeconds(29));
    assertThat(peer.written()).isEmpty();
    peer.advance(Duration.ofSeconds(2));
    assertThat(peer.written()).containsExactly("ping:");
    peer.advance(Duration.ofSeconds(30));
    assertThat(peer.closing).containsExactly(IDLE);
  }

  @Test
  void pingsFirstWhenTheLoopItselfWasLate() {
    peer.loop.hang(Duration.ofMinutes(5));
    peer.advance(Duration.ofSeconds(1));
    assertThat(peer.written()).containsExactly("ping:");
    peer.advance(Duration.ofSeconds(28));
    assertThat(peer.closing).isEmpty();
    peer.advance(Duration.ofSeconds(2));
    assertThat(peer.closing).containsExactly(IDLE);
  }

  @Test
  void countsNoTimeTwiceForBytesThatComeWhilePaused() {
    peer.receive(text("one"));
    peer.advance(Duration.ofSeconds(100));
    peer.receive(text("two"));
    peer.advance(Duration.ofSeconds(100));
    peer.demand(2);
    peer.advance(Duration.ofSeconds(31));
    assertThat(peer.written()).containsExactly("ping:");
  }

  @Test
  void putsThePingBeforeWhatWaits() {
    peer.pipe.room = 2;
    peer.send("one").send("two");
    peer.advance(Duration.ofSeconds(31));
    peer.pipe.makeRoom(100);
    assertThat(peer.written()).containsExactly("text:one", "ping:", "text:two");
  }

  @Test
  void needsFewTimersForManyConnections() {
    List<Peer> many = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < 1000; i++) {
      many.add(new Peer(peer));
      peer.advance(Duration.ofMillis(37));
      most = Math.max(most, peer.loop.timers());
    }
    assertThat(most).isLessThan(3);
    many.forEach(one -> one.receive(ClientFrames.close(1000, "")));
    assertThat(peer.written()).containsExactly("ping:");
  }
}
