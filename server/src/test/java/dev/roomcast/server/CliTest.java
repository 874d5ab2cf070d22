package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.server.config.Given;
import dev.roomcast.server.config.ServeConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CliTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<Given> served = new ArrayList<>();

  private int run(String... arguments) {
    return Cli.run(
        arguments,
        Map.of("ROOMCAST_NAME", "n"),
        new PrintWriter(out, /* autoFlush= */ true),
        new PrintWriter(err, /* autoFlush= */ true),
        given -> {
          served.add(given);
          ServeConfig unused = ServeConfig.of(given);
          return 0;
        });
  }

  @Test
  void givesWhatWasGiven() {
    assertThat(run("serve", "--dev", "--port=1", "--rooms", "a", "--rooms", "b,c")).isZero();

    assertThat(served)
        .containsExactly(
            new Given(
                Map.of("--dev", "true", "--port", "1", "--rooms", "a,b,c"),
                Map.of("ROOMCAST_NAME", "n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --prot 1        | Unknown options: '--prot', '1'",
        "serve --port          | Missing required parameter for option '--port'",
        "serve --port 1 --port 2 | option --port is repeated, expected once",
        "serve lobby           | Unmatched argument at index 1: 'lobby'",
        "serve --port x        | option --port is 'x', expected a whole number, 0 to 65535",
      })
  void refusesInOneLine(String line, String reason) {
    assertThat(run(line.split(" "))).isEqualTo(Cli.WRONG_USE);

    assertThat(err.toString().lines().toList()).hasSize(1);
    assertThat(err.toString()).startsWith("roomcast: " + reason);
  }

  @Test
  void explainsItselfWhereAskedForNothing() {
    assertThat(run()).isEqualTo(Cli.WRONG_USE);

    assertThat(err.toString()).contains("serve");
    assertThat(served).isEmpty();
  }

  @Test
  void helps() {
    assertThat(run("serve", "--help")).isZero();

    assertThat(out.toString())
        .contains("-h, --help", "--auth-timeout", "${userId}", "ROOMCAST_AUTH_TIMEOUT");
    assertThat(served).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString()).startsWith("roomcast ");
  }
}
