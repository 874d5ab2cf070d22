package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.server.config.EmitConfig;
import dev.roomcast.server.config.Given;
import dev.roomcast.server.config.ServeConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
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
  private final List<EmitConfig> emitted = new ArrayList<>();

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
        },
        given -> {
          emitted.add(EmitConfig.of(given, JacksonCodec.create().mapper()));
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

  @Test
  void takesTheNameOfAYesOrNoAloneAsYes() {
    assertThat(run("serve", "--compression", "--send-pings=false", "--stats", "--port", "1"))
        .isZero();

    assertThat(served)
        .extracting(Given::line)
        .containsExactly(
            Map.of(
                "--compression",
                "true",
                "--send-pings",
                "false",
                "--stats",
                "true",
                "--port",
                "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --prot 1        | '--prot' is no option of roomcast serve; did you mean --port? (",
        "serve -port 1         | '-port' is no option of roomcast serve; did you mean --port? (",
        "serve -p 1            | '-p' is no option of roomcast serve (see roomcast serve --help)",
        "serve --tls-certificate=c | '--tls-certificate' is no option of roomcast serve; did you"
            + " mean --tls-cert? (",
        "serve --redsi redis://u:secret@h | '--redsi' is no option of roomcast serve; did you mean"
            + " --redis? (",
        "--port 1              | '--port' is no option of roomcast; did you mean roomcast serve"
            + " --port? (",
        "--redis redis://h     | '--redis' is no option of roomcast; did you mean roomcast serve"
            + " --redis or roomcast emit --redis? (",
        "srve                  | 'srve' is no command; did you mean serve? (",
        "serve --port          | Missing required parameter for option '--port'",
        "serve --port 1 --port 2 | option --port is repeated, expected once",
        "serve lobby           | 'lobby' is no option of roomcast serve; options begin with -- (",
        "emit --rooms r --event e | '--rooms' is no option of roomcast emit; did you mean --room?",
        "emit --room r         | option --event is missing, expected the event's name",
        "emit --event e        | 0 of --room, --user, --client and --all are given, expected one",
        "emit --room r --all --event e | 2 of --room, --user, --client and --all are given",
        "emit --user u --event e --except c | option --except is 'c', expected only with --room",
        "emit --all --event e --data {\"a\" | option --data is '{\"a\"', expected JSON",
        "emit --all --event e --redis http://u:secret@h | option --redis is 'http://...@h',"
            + " expected",
        "serve --redis redis://u:secret@h:1/x | option --redis is 'redis://...@h:1/x', expected",
        "serve --redis redis://:se/cret@h:1 | option --redis is 'redis://...@h:1', expected",
        "serve --by-interest true | option --by-interest is 'true', expected only with --redis",
        "serve --port x        | option --port is 'x', expected a whole number, 0 to 65535",
      })
  void refusesInOneLine(String line, String reason) {
    assertThat(run(line.split(" "))).isEqualTo(Cli.WRONG_USE);

    assertThat(err.toString().lines().toList()).hasSize(1);
    assertThat(err.toString()).startsWith("roomcast: " + reason);
  }

  @Test
  void emitsToOneKindOfDestination() {
    assertThat(
            run(
                "emit",
                "--redis=redis://h:1",
                "--channel-prefix=app:",
                "--room=r",
                "--except=a,b",
                "--event=e",
                "--data= {\"a\" : 1} "))
        .isZero();
    assertThat(run("emit", "--user", "u", "--event", "e")).isZero();
    assertThat(run("emit", "--client", "c", "--event", "e")).isZero();
    assertThat(run("emit", "--all", "--event", "e")).isZero();

    assertThat(emitted)
        .extracting(EmitConfig::to)
        .containsExactly(
            new EmitConfig.To.Room("r", List.of("a", "b")),
            new EmitConfig.To.User("u"),
            new EmitConfig.To.Client("c"),
            new EmitConfig.To.Everyone());
    assertThat(emitted.getFirst().redis()).isEqualTo(URI.create("redis://h:1"));
    assertThat(emitted.getFirst().channelPrefix()).isEqualTo("app:");
    assertThat(emitted.getFirst().data()).hasToString("{\"a\" : 1}");
    assertThat(emitted.get(1).data()).isEqualTo(Json.NULL);
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
        .contains("-h, --help", "--auth-timeout", "${userId}", "ROOMCAST_REDIS");
    assertThat(served).isEmpty();
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString()).startsWith("roomcast ");
  }
}
