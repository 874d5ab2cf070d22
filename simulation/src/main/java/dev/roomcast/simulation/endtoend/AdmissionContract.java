package dev.roomcast.simulation.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** Connecting and authenticating: sections 1.1 to 1.3 of the protocol. */
abstract class AdmissionContract extends EndToEndFixture {

  @Test
  void required_connected_tellsIdUserAndTime() {
    start();
    JdkClient client = connect("ada");
    String id = server().user("ada").clients().getFirst().id();

    assertThat(client.received().getFirst())
        .matches(
            "\\{\"event\":\"connected\",\"data\":\\{\"id\":\""
                + id
                + "\",\"userId\":\"ada\",\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"}}");
  }

  @Test
  void required_connected_comesBeforeEverythingElse() {
    start(
        builder ->
            builder.onConnected(client -> server().client(client.id()).send("from the hook")));
    for (int i = 0; i < 20; i++) {
      server().everyone().send("too early for some");
      connect("user-" + i);
    }

    assertThat(server().everyone().clients()).hasSize(20);
  }

  @Test
  void required_error_answersBeforeAuthentication() {
    start();
    JdkClient client = connect();
    client.send("{");
    client.send("{\"event\":\"join\",\"data\":{\"rooms\":[\"a\"]}}");
    client.send("{\"event\":\"heartbeat\"}");
    client.send("{\"event\":\"say\",\"id\":\"7\"}");
    client.send(authenticate("ada"));
    eventually(() -> client.received().size() == 4);

    assertThat(client.received())
        .startsWith(
            error("Invalid message format"),
            error("Not authenticated"),
            "{\"event\":\"error\",\"data\":{\"message\":\"Not authenticated\"},\"id\":\"7\"}");
    assertThat(client.received().getLast()).startsWith("{\"event\":\"connected\"");
  }

  @Test
  void required_error_answersASecondAuthentication() {
    start();
    JdkClient client = connect("ada");
    client.send(authenticate("bob"));
    awaitMessages(client, 1);

    assertThat(messages(client)).containsExactly(error("Already authenticated"));
    assertThat(server().users()).containsExactly("ada");
  }

  @Test
  void required_binary_isReadAsText() {
    start(builder -> builder.reply("echo", String.class, (call, text) -> text));
    JdkClient client = connect();
    client.sendBinary(authenticate("ada"));
    eventually(() -> client.received().size() == 1);
    client.sendBinary("{\"event\":\"echo\",\"data\":\"hällo \uD83D\uDE00\"}");
    awaitMessages(client, 1);

    assertThat(messages(client))
        .containsExactly("{\"event\":\"echo\",\"data\":\"hällo \uD83D\uDE00\"}");
  }

  @Test
  void required_403_refusesAForeignOrigin() {
    start(builder -> builder.options(o -> o.allowedOrigins(List.of("https://here.example"))));

    assertThatThrownBy(
            () ->
                http()
                    .newWebSocketBuilder()
                    .header("Origin", "https://elsewhere.example")
                    .buildAsync(uri(), new java.net.http.WebSocket.Listener() {})
                    .join())
        .cause()
        .asInstanceOf(InstanceOfAssertFactories.type(WebSocketHandshakeException.class))
        .satisfies(refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    assertThat(goodbyes()).isEmpty();
  }

  @Test
  void required_4003_closesAfterARefusal() {
    start();
    JdkClient client = connect();
    client.send(authenticate("wrong"));

    assertClosed(client, 4003, "Authentication failed");
    assertThat(client.received()).containsExactly(error("Authentication failed"));
  }

  @Test
  void required_4003_closesAfterAFault() {
    start();
    JdkClient client = connect();
    client.send(authenticate("throw"));

    assertClosed(client, 4003, "Authentication failed");
    assertThat(client.received()).containsExactly(error("Authentication error"));
  }
}
