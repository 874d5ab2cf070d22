package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The process, from its ready line to its exit code. */
final class MainTest {

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void closesItsClientsAndEndsWithZeroAfterASignal() throws Exception {
    ChildServer server = ChildServer.start("serve", "--port", "0");
    URI webSocket = URI.create("ws://" + server.page().getRawAuthority() + "/ws");
    Person person = Person.authenticated(webSocket, "ann");

    assertThat(server.terminate()).isZero();
    assertThat(person.ends()).isEqualTo(new Person.End(1001, "Server shutting down"));
  }

  @Test
  void saysInOneLineThatItsPortIsInUse() throws Exception {
    try (ChildServer server = ChildServer.start("serve", "--port", "0")) {
      String port = String.valueOf(server.page().getPort());

      assertThatThrownBy(() -> ChildServer.start("serve", "--port", port))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "the server did not start:\nroomcast: cannot listen on 127.0.0.1:" + port + ": .*\n");
    }
  }

  @Test
  void warnsOfVariablesThatAreNoOptionBeforeItSaysWhatIsWrong() {
    assertThatThrownBy(
            () ->
                ChildServer.start(Map.of("ROOMCAST_TOKEN", "t.txt"), "serve", "--host", "0.0.0.0"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            """
            the server did not start:
            .* level=WARN .*ROOMCAST_TOKEN .*; did you mean ROOMCAST_TOKENS\\?".*
            roomcast: option --host is '0.0.0.0', .*
            """);
  }

  @Test
  void warnsOfThemWhereItEmitsToo() {
    assertThatThrownBy(() -> ChildServer.start(Map.of("ROOMCAST_REDSI", "redis://h"), "emit"))
        .hasMessage(
            """
            the server did not start:
            roomcast: environment variable ROOMCAST_REDSI is no option and changes nothing; did \
            you mean ROOMCAST_REDIS?
            roomcast: option --event is missing, expected the event's name
            """);
  }
}
