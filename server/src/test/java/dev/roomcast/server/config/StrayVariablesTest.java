package dev.roomcast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the environment says in vain. */
final class StrayVariablesTest {

  @Test
  void areToldWithTheNearestOption() {
    assertThat(
            StrayVariables.in(
                Map.of("ROOMCAST_REDIS_URL", "redis://u:secret@h", "ROOMCAST_COLOUR", "red")))
        .containsExactly(
            "environment variable ROOMCAST_COLOUR is no option and changes nothing",
            "environment variable ROOMCAST_REDIS_URL is no option and changes nothing; did you"
                + " mean ROOMCAST_REDIS?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROOMCAST_REDIS=redis://h",
        "ROOMCAST_EXCEPT=of another command",
        "ROOMCAST_TLS_PASSWORD=secret",
        "ROOMCAST_JAVA_OPTS=-Xmx1g",
        "ROOMCAST_TEST_REDIS=redis://h",
        "ROOMCAST_EMPTY=",
        "OTHER=1",
        "ROOMCAST_SERVICE_HOST=10.0.0.1",
        "ROOMCAST_SERVICE_PORT_HTTP=8080",
        "ROOMCAST_REDIS_PORT=tcp://10.0.0.1:6379",
        "ROOMCAST_PORT_8080_TCP=tcp://10.0.0.1:8080",
        "ROOMCAST_PORT_8080_TCP_ADDR=10.0.0.1",
      })
  void areNeitherOptionsNorWhatOthersRead(String variable) {
    String[] set = variable.split("=", 2);

    assertThat(StrayVariables.in(Map.of(set[0], set[1]))).isEmpty();
  }
}
