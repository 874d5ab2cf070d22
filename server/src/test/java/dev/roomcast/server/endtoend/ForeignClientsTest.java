package dev.roomcast.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What any client sees, with two that are not ours. */
@Timeout(60)
final class ForeignClientsTest {

  enum Library {
    JDK,
    JAVA_WEBSOCKET;

    WsClient connect(URI uri) throws InterruptedException {
      return switch (this) {
        case JDK -> JdkClient.connect(uri);
        case JAVA_WEBSOCKET -> JavaWebSocketClient.to(uri);
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void authenticatesJoinsAndListens(Library library) throws Exception {
    try (TestServer server = TestServer.start(builder -> {});
        WsClient client = library.connect(server.uri)) {
      client.send(TestServer.authenticate("ada"));
      client.send("{\"event\":\"heartbeat\"}");
      await().until(() -> client.received().size() == 1);
      client.send(TestServer.join("lobby"));
      await().until(() -> client.received().size() == 2);
      server.rooms.room("lobby").send("news", Map.of("text", "hällo \uD83D\uDE00"));
      await().until(() -> client.received().size() == 3);

      assertThat(client.received().get(0))
          .matches(
              "\\{\"event\":\"connected\",\"data\":\\{\"id\":\"[0-9a-f-]{36}\",\"userId\":\"ada\","
                  + "\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"}}");
      assertThat(client.received().get(1))
          .isEqualTo("{\"event\":\"join\",\"data\":{\"rooms\":[\"lobby\"]},\"id\":\"join\"}");
      assertThat(client.received().get(2))
          .isEqualTo("{\"event\":\"news\",\"data\":{\"text\":\"hällo \uD83D\uDE00\"}}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWithAnErrorAndTheCode(Library library) throws Exception {
    try (TestServer server = TestServer.start(builder -> {});
        WsClient client = library.connect(server.uri)) {
      client.send(TestServer.authenticate("wrong"));

      assertThat(client.closed().join()).isEqualTo(4003);
      assertThat(client.received())
          .containsExactly(
              "{\"event\":\"error\",\"data\":{\"message\":\"Authentication failed\"}}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void isToldOfTheShutdownAfterWhatWasSentBefore(Library library) throws Exception {
    TestServer server = TestServer.start(builder -> {});
    try (WsClient client = library.connect(server.uri)) {
      client.send(TestServer.authenticate("ada"));
      await().until(() -> client.received().size() == 1);
      server.rooms.everyone().send("last", "words");
      server.close();

      assertThat(client.closed().join()).isEqualTo(1001);
      assertThat(client.received().getLast()).isEqualTo("{\"event\":\"last\",\"data\":\"words\"}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNothingBehindWhenItVanishes(Library library) throws Exception {
    try (TestServer server = TestServer.start(builder -> {});
        WsClient client = library.connect(server.uri)) {
      client.send(TestServer.authenticate("ada"));
      client.send(TestServer.join("lobby"));
      await().until(() -> client.received().size() == 2 || server.rooms.rooms().contains("lobby"));
      client.abort();

      await().until(() -> server.rooms.connections() == 0);
      assertThat(server.rooms.rooms()).isEmpty();
      assertThat(server.rooms.users()).isEmpty();
      assertThat(server.rooms.clients()).isEmpty();
    }
  }
}
