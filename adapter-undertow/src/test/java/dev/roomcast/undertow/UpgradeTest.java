package dev.roomcast.undertow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Verdict;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class UpgradeTest {
  private EchoServer server;

  @BeforeEach
  void start() {
    server = new EchoServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void talksToTheClientOfTheJdk() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      WebSocket client =
          http.newWebSocketBuilder()
              .buildAsync(
                  server.uri,
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                        WebSocket webSocket, CharSequence data, boolean last) {
                      heard.complete(data.toString());
                      webSocket.request(1);
                      return null;
                    }
                  })
              .get(10, TimeUnit.SECONDS);
      client.sendText("grüezi", /* last= */ true).get(10, TimeUnit.SECONDS);
      assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("grüezi");
      client.sendClose(WebSocket.NORMAL_CLOSURE, "bye").get(10, TimeUnit.SECONDS);
      await().until(() -> !server.echo.closed.isEmpty());
      assertThat(server.echo.closed.element().code()).isEqualTo(1000);
      assertThat(server.echo.closed.element().reason()).isEqualTo("bye");
      client.abort();
    }
  }

  @Test
  void takesFramesThatCameTogetherWithTheRequest() throws Exception {
    try (RawClient client = server.connect()) {
      byte[] request = RawClient.upgradeRequest("/ws").getBytes(US_ASCII);
      byte[] first = RawClient.textFrame("early");
      byte[] both = Arrays.copyOf(request, request.length + first.length);
      System.arraycopy(first, 0, both, request.length, first.length);
      client.send(both);
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(client.readFrame().text()).isEqualTo("early");
      client.send(RawClient.textFrame("later"));
      assertThat(client.readFrame().text()).isEqualTo("later");
    }
  }

  @Test
  void answersWithTheHeadersOfTheUpgrade() throws Exception {
    try (RawClient client = server.connect().send(RawClient.upgradeRequest("/ws"))) {
      assertThat(client.readHead())
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .contains("Upgrade: websocket\r\n", "Connection: Upgrade\r\n")
          .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
    }
  }

  @Test
  void tellsTheAcceptorOfTheRequest() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(
          RawClient.upgradeRequest("/ws?token=a%20b&room=1&room=2")
              .replace("\r\n\r\n", "\r\nX-One: 1\r\nx-one: 2\r\n\r\n"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      Handshake handshake = server.echo.asked.element();
      assertThat(handshake.path()).isEqualTo("/ws");
      assertThat(handshake.queryParameter("token")).hasValue("a b");
      assertThat(handshake.query().get("room")).isEqualTo(List.of("1", "2"));
      assertThat(handshake.headers().get("X-One")).isEqualTo(List.of("1", "2"));
      assertThat(handshake.remoteAddress().getPort()).isEqualTo(client.socket.getLocalPort());
    }
  }

  @Test
  void answersAsTheAcceptorSaysAndStaysHttp() throws Exception {
    server.echo.verdict = request -> new Verdict.Reject(403, "Origin not allowed");
    try (RawClient client = server.connect().send(RawClient.upgradeRequest("/ws"))) {
      assertThat(client.readResponse())
          .startsWith("HTTP/1.1 403 Forbidden\r\n")
          .contains("Content-Type: text/plain; charset=utf-8\r\n")
          .contains("Origin not allowed");
      server.echo.verdict = request -> Verdict.accept();
      client.send(RawClient.upgradeRequest("/ws"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void refusesWhatIsNoUpgrade() throws Exception {
    try (RawClient client = server.connect().send(RawClient.pageRequest("GET", "/ws"))) {
      assertThat(client.readResponse())
          .startsWith("HTTP/1.1 426 ")
          .contains("Sec-WebSocket-Version: 13\r\n");
    }
  }

  @Test
  void refusesAMalformedUpgrade() throws Exception {
    String request = RawClient.upgradeRequest("/ws").replace("dGhlIHNhbXBsZSBub25jZQ==", "short");
    try (RawClient client = server.connect().send(request)) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void refusesAnUpgradeWithABody() throws Exception {
    String request =
        RawClient.upgradeRequest("/ws").replace("\r\n\r\n", "\r\nContent-Length: 100000\r\n\r\n");
    try (RawClient client = server.connect().send(request)) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ").contains("no request body");
    }
  }

  @Test
  void takesUpgradesAtItsPathAlone() throws Exception {
    try (RawClient client = server.connect().send(RawClient.upgradeRequest("/ws/more"))) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 404 ").contains("taken at /ws");
    }
    assertThat(server.echo.asked).isEmpty();
  }

  @Test
  void refusesUpgradesOnceItStoppedAccepting() throws Exception {
    try (RawClient open = server.upgraded();
        RawClient late = server.connect()) {
      await().until(() -> !server.echo.opened.isEmpty());
      server.transport.stopAccepting();
      server.transport.stopAccepting();
      late.send(RawClient.upgradeRequest("/ws"));
      assertThat(late.readResponse()).startsWith("HTTP/1.1 503 ");
      open.send(RawClient.textFrame("still here"));
      assertThat(open.readFrame().text()).isEqualTo("still here");
    }
  }
}
