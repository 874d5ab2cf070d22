package dev.roomcast.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A second client that is not ours, of another library. What the first one sees, the JDK's, is the
 * contract that every transport's module runs.
 */
@Timeout(60)
final class ForeignClientsTest {

  @Test
  void authenticatesJoinsAndListens() throws Exception {
    try (TestServer server = TestServer.start();
        JavaWebSocketClient client = JavaWebSocketClient.to(server.uri)) {
      client.send(TestServer.authenticate("ada"));
      client.send("{\"event\":\"heartbeat\"}");
      await().until(() -> client.received().size() == 1);
      client.send("{\"event\":\"join\",\"data\":{\"rooms\":[\"lobby\"]},\"id\":\"1\"}");
      await().until(() -> client.received().size() == 2);
      server.rooms.room("lobby").send("news", Map.of("text", "hällo \uD83D\uDE00"));
      await().until(() -> client.received().size() == 3);

      assertThat(client.received().getFirst())
          .matches(
              "\\{\"event\":\"connected\",\"data\":\\{\"id\":\"[0-9a-f-]{36}\",\"userId\":\"ada\","
                  + "\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z\"}}");
      assertThat(client.received().subList(1, 3))
          .containsExactly(
              "{\"event\":\"join\",\"data\":{\"rooms\":[\"lobby\"]},\"id\":\"1\"}",
              "{\"event\":\"news\",\"data\":{\"text\":\"hällo \uD83D\uDE00\"}}");
    }
  }

  @Test
  void talksCompressed() throws Exception {
    try (TestServer server =
            TestServer.start(options -> options.compression(true).compressionThreshold(0));
        JavaWebSocketClient client = JavaWebSocketClient.compressing(server.uri)) {
      assertThat(client.extensions().join()).startsWith("permessage-deflate");
      client.send(TestServer.authenticate("ada"));
      await().until(() -> client.received().size() == 1);
      for (int size : new int[] {0, 10, 1_000, 100_000}) {
        String text = "hällo \uD83D\uDE00 ".repeat(size);
        int next = client.received().size() + 1;
        server.rooms.everyone().send("news", text);
        await().until(() -> client.received().size() == next);
        assertThat(client.received().getLast())
            .isEqualTo("{\"event\":\"news\",\"data\":\"" + text + "\"}");
      }
    }
  }

  @Test
  void isRefusedWithAnErrorAndTheCode() throws Exception {
    try (TestServer server = TestServer.start();
        JavaWebSocketClient client = JavaWebSocketClient.to(server.uri)) {
      client.send(TestServer.authenticate("wrong"));

      assertThat(client.closed().join()).isEqualTo(4003);
      assertThat(client.received())
          .containsExactly(
              "{\"event\":\"error\",\"data\":{\"message\":\"Authentication failed\"}}");
    }
  }

  @Test
  void isToldOfTheShutdownAfterWhatWasSentBefore() throws Exception {
    TestServer server = TestServer.start();
    try (JavaWebSocketClient client = JavaWebSocketClient.to(server.uri)) {
      client.send(TestServer.authenticate("ada"));
      await().until(() -> client.received().size() == 1);
      server.rooms.everyone().send("last", "words");
      server.close();

      assertThat(client.closed().join()).isEqualTo(1001);
      assertThat(client.received().getLast()).isEqualTo("{\"event\":\"last\",\"data\":\"words\"}");
    }
  }
}
