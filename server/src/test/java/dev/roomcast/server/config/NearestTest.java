package dev.roomcast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody may have meant. */
final class NearestTest {
  private static final List<String> NAMES =
      List.of(
          "port", "host", "path", "redis", "tls-cert", "heartbeat-timeout", "heartbeat-interval");

  @ParameterizedTest
  @CsvSource({
    "prot, port", // swapped
    "prt, port", // missing
    "poort, port", // superfluous
    "pozt, port", // another
    "redsi, redis",
    "redis-url, redis",
    "tls-certificate, tls-cert",
    "heartbeat-timout, heartbeat-timeout",
  })
  void isASlipAway(String name, String meant) {
    assertThat(Nearest.to(name, NAMES)).containsExactly(meant);
  }

  @Test
  void areAllThatAreEquallyNear() {
    assertThat(Nearest.question("--", "heartbeat", NAMES))
        .isEqualTo("; did you mean --heartbeat-interval or --heartbeat-timeout?");
  }

  @ParameterizedTest
  @CsvSource({"p", "po", "colour", "verbose-logging"})
  void isNothingWhereNothingIsNear(String name) {
    assertThat(Nearest.question("--", name, NAMES)).isEmpty();
  }
}
