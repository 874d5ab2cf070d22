package dev.roomcast.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RequestGuardTest {
  private static final int HEAD = 1024;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ALMOST = TIMEOUT.minusMillis(1);
  private static final Duration LITTLE = Duration.ofMillis(2);

  /** Keeps what was done to it. */
  private static final class Socket implements RequestGuard.Guarded {
    final List<String> ends = new ArrayList<>();

    @Override
    public boolean isOpen() {
      return !ends.contains("close") && !ends.contains("abort");
    }

    @Override
    public void close() {
      ends.add("close");
    }

    @Override
    public void abort() {
      ends.add("abort");
    }

    @Override
    public void refuse(ByteBuffer answer) {
      ends.add(StandardCharsets.US_ASCII.decode(answer).toString());
    }
  }

  private final VirtualTime time = VirtualTime.inOrder();
  private final CountingObserver counted = new CountingObserver();
  private final Socket socket = new Socket();

  /** What happens, once, just before the guard reads the clock. */
  private Runnable meanwhile = () -> {};

  private RequestGuard guard;

  @BeforeEach
  void start() {
    Acceptor nobody =
        new Acceptor() {
          @Override
          public Verdict admit(Handshake request) {
            throw new AssertionError("a guard admits nobody");
          }

          @Override
          public ConnectionListener opened(Connection connection, Handshake handshake) {
            throw new AssertionError("a guard opens nothing");
          }
        };
    TimeSource clock =
        new TimeSource() {
          @Override
          public long nanoTime() {
            Runnable first = meanwhile;
            meanwhile = () -> {};
            first.run();
            return time.nanoTime();
          }

          @Override
          public Instant instant() {
            return time.instant();
          }
        };
    TransportSettings settings =
        TransportSettings.defaults().withHandshakeTimeout(TIMEOUT).withMaxHandshakeBytes(HEAD);
    guard =
        new RequestGuard(
            socket, time.newLoop("loop"), new TransportContext(settings, nobody, counted, clock));
    guard.start();
  }

  private long refusals() {
    return counted.sum(Signal.CONNECTION_REFUSED);
  }

  @Test
  void closesAConnectionThatSaysNothing() {
    time.advance(ALMOST);
    assertThat(socket.ends).isEmpty();
    time.advance(LITTLE);
    assertThat(socket.ends).containsExactly("close");
    assertThat(refusals()).as("nothing was asked").isZero();
  }

  @Test
  void givesAHeadThatDripsNoMoreTime() {
    for (int i = 0; i < 9; i++) {
      time.advance(Duration.ofSeconds(1));
      guard.read(1);
    }
    assertThat(socket.ends).isEmpty();
    time.advance(Duration.ofSeconds(1).plus(LITTLE));
    assertThat(socket.ends).containsExactly("close");
    assertThat(refusals()).isEqualTo(1);
  }

  @Test
  void letsAHeadOfTheLimitThrough() {
    guard.read(HEAD - 1);
    assertThat(guard.room()).isEqualTo(1);
    guard.read(1);
    guard.requestBegins(() -> true);
    assertThat(guard.room()).isEqualTo(Integer.MAX_VALUE);
    time.advance(LITTLE);
    assertThat(socket.ends).isEmpty();
  }

  @Test
  void refusesALargerHeadOnceItIsAskedForMore() {
    guard.read(HEAD);
    assertThat(guard.room()).isZero();
    assertThat(guard.room()).as("while nobody has refused it yet").isZero();
    assertThat(guard.refused()).isTrue();
    time.advance(LITTLE);
    assertThat(socket.ends).hasSize(1);
    assertThat(socket.ends.getFirst())
        .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
        .contains("\r\nConnection: close\r\n")
        .endsWith("limited to 1024 bytes.\n");
    assertThat(refusals()).isEqualTo(1);
  }

  @Test
  void letsWhatFollowsARefusedHeadBeReadAndDiscarded() {
    guard.read(HEAD);
    guard.room();
    time.advance(LITTLE);
    assertThat(guard.room()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void closesWhatLingersAfterARefusal() {
    guard.read(HEAD);
    guard.room();
    time.advance(TIMEOUT.plus(LITTLE));
    assertThat(socket.ends).hasSize(2).endsWith("close");
    assertThat(refusals()).isEqualTo(1);
  }

  @Test
  void refusesNothingOnceTheConnectionHasEnded() {
    guard.read(HEAD);
    guard.room();
    socket.close();
    time.advance(LITTLE);
    assertThat(socket.ends).containsExactly("close");
    assertThat(refusals()).isZero();
  }

  @Test
  void closesAConnectionThatKeepsItsBody() {
    guard.requestBegins(() -> false);
    time.advance(TIMEOUT.plus(LITTLE));
    assertThat(socket.ends).containsExactly("close");
  }

  @Test
  void waitsForAnAnswerThatIsLongInTheMaking() {
    guard.requestBegins(() -> true);
    time.advance(TIMEOUT.multipliedBy(5));
    assertThat(socket.ends).isEmpty();
  }

  @Test
  void abortsAPeerThatTakesNoAnswer() {
    guard.requestBegins(() -> true);
    guard.wrote(0, /* all= */ false);
    time.advance(TIMEOUT.plus(LITTLE));
    assertThat(socket.ends).containsExactly("abort");
  }

  @Test
  void abortsAPeerForWhomTlsHoldsTheAnswer() {
    guard.requestBegins(() -> true);
    guard.wrote(100, /* all= */ true);
    guard.holds(true);
    time.advance(TIMEOUT.plus(LITTLE));
    assertThat(socket.ends).containsExactly("abort");
  }

  @Test
  void isPatientWithAPeerForWhomTlsHoldsNothingAnyMore() {
    guard.requestBegins(() -> true);
    guard.holds(true);
    guard.holds(false);
    time.advance(TIMEOUT.multipliedBy(2));
    assertThat(socket.ends).isEmpty();
  }

  @Test
  void isPatientWithAPeerThatTakesWhatTlsHoldsSlowly() {
    guard.requestBegins(() -> true);
    guard.holds(true);
    for (int i = 0; i < 10; i++) {
      time.advance(TIMEOUT.dividedBy(2));
      guard.tookSomeHeld();
      guard.holds(true);
    }
    assertThat(socket.ends).isEmpty();
    time.advance(TIMEOUT.multipliedBy(2));
    assertThat(socket.ends).containsExactly("abort");
  }

  @Test
  void isPatientWithAPeerThatTakesItsAnswerSlowly() {
    guard.requestBegins(() -> true);
    for (int i = 0; i < 10; i++) {
      guard.wrote(1, /* all= */ false);
      time.advance(TIMEOUT.dividedBy(2));
    }
    assertThat(socket.ends).isEmpty();
  }

  @Test
  void givesEachRequestItsOwnTimeAndItsOwnBytes() {
    for (int i = 0; i < 5; i++) {
      guard.read(HEAD - 1);
      guard.requestBegins(() -> true);
      guard.wrote(0, /* all= */ false);
      guard.requestEnds();
      assertThat(guard.room()).isEqualTo(HEAD);
      time.advance(ALMOST);
    }
    assertThat(socket.ends).isEmpty();
    time.advance(LITTLE);
    assertThat(socket.ends).containsExactly("close");
  }

  @Test
  void givesTheNextRequestItsTimeIfACheckComesWhileOneEnds() {
    guard.requestBegins(() -> true);
    time.advance(ALMOST);
    meanwhile = () -> time.advance(LITTLE);
    guard.requestEnds();
    assertThat(socket.ends).isEmpty();
    time.advance(TIMEOUT.multipliedBy(2));
    assertThat(socket.ends).containsExactly("close");
  }

  @Test
  void leavesAnUpgradedConnectionAlone() {
    guard.requestBegins(() -> true);
    guard.upgraded();
    time.advance(TIMEOUT.multipliedBy(5));
    assertThat(socket.ends).isEmpty();
    assertThat(guard.room()).isEqualTo(Integer.MAX_VALUE);
  }
}
