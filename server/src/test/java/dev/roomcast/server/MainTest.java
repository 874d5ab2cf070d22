package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
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
}
