package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.BusException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.redisson.client.RedisBusyException;
import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisResponseTimeoutException;

/** What is told of failures, which is never what was published. */
final class ReasonTest {
  private static final String ADDED =
      ". channel: [id: 0x1, L:/127.0.0.1:1 - R:/127.0.0.1:2] command: (PUBLISH), params: [room:a,"
          + " {\"event\":\"secret\"}]";

  @Test
  void isWhatRedisAnswered() {
    assertThat(Reason.ofPublishing(new RedisException("NOPERM no permissions" + ADDED)))
        .isEqualTo("NOPERM no permissions");
    assertThat(Reason.ofPublishing(new RedisBusyException("BUSY Redis is busy" + ADDED)))
        .isEqualTo("BUSY Redis is busy");
  }

  @Test
  void isWithoutWhatRedisQuotes() {
    String answer = "ERR unknown command 'PUBLISH', with args beginning with: 'a' '\"secret\"' ";

    assertThat(Reason.ofPublishing(new RedisException(answer + ADDED)))
        .isEqualTo("ERR unknown command 'PUBLISH'");
    assertThat(Reason.ofConnecting(new RedisConnectionException(new RedisException(answer))))
        .isEqualTo("ERR unknown command 'PUBLISH'");
  }

  @Test
  void isTheKindAloneWhereRedisAnsweredNothing() {
    assertThat(
            Reason.ofPublishing(
                new RedisResponseTimeoutException("no answer, command: (PUBLISH), secret")))
        .isEqualTo("RedisResponseTimeoutException");
    assertThat(Reason.ofPublishing(new IllegalStateException("secret" + ADDED)))
        .isEqualTo("IllegalStateException");
  }

  @Test
  void isWhyNothingWasWritten() {
    Throwable refused =
        new Line.NotWritten(new RedisConnectionException(new ConnectException("refused")));

    assertThat(Reason.ofPublishing(refused)).isEqualTo("RedisConnectionException");
  }

  @Test
  void isAtTheBottomOfWhatConnectingThrew() {
    assertThat(
            Reason.ofConnecting(
                new IllegalStateException(
                    "could not", new RedisException("WRONGPASS wrong password" + ADDED))))
        .isEqualTo("WRONGPASS wrong password");
    assertThat(Reason.ofConnecting(new IllegalStateException())).isEqualTo("IllegalStateException");
  }

  @Test
  void isSilenceWhereNothingCameInTime() {
    assertThat(Reason.ofConnecting(new RedisConnectionException(new TimeoutException())))
        .isEqualTo("it did not answer");
  }

  @Test
  void namesDurationsInSeconds() {
    assertThat(Reason.seconds(Duration.ofSeconds(5))).isEqualTo("5 s");
    assertThat(Reason.seconds(Duration.ofMinutes(1))).isEqualTo("60 s");
    assertThat(Reason.seconds(Duration.ofMillis(750))).isEqualTo("0.75 s");
  }

  @Test
  void isOursWhereWeSaidIt() {
    assertThat(
            Reason.ofConnecting(
                new IllegalStateException(
                    new BusException("not confirmed", new TimeoutException()))))
        .isEqualTo("not confirmed");
  }
}
