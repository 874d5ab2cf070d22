package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class PagesTest {
  private EchoServer server;

  @BeforeEach
  void start() {
    server =
        new EchoServer(
            UndertowOptions.port(0)
                .withIoThreads(1)
                .withPages(PagesTest::page)
                .withHandler(
                    "/undertow",
                    exchange -> exchange.getResponseSender().send(exchange.getRelativePath())),
            TransportSettings.defaults());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static PageResponse page(PageRequest request) {
    return switch (request.path()) {
      case "/" -> PageResponse.text(200, "method " + request.method());
      case "/agent" ->
          PageResponse.text(200, "agent " + request.headers().get("user-AGENT").getFirst());
      case "/broken" -> throw new IllegalStateException("on purpose");
      default -> PageResponse.text(404, "no such page");
    };
  }

  private String answer(String request) throws Exception {
    try (RawClient client = server.connect().send(request)) {
      return client.readResponse();
    }
  }

  @Test
  void servesPagesBesideTheWebSocketPath() throws Exception {
    assertThat(answer(RawClient.pageRequest("GET", "/")))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("Content-Type: text/plain; charset=utf-8\r\n")
        .endsWith("\r\n\r\nmethod GET");
    assertThat(answer(RawClient.pageRequest("GET", "/nothing"))).startsWith("HTTP/1.1 404 ");
  }

  @Test
  void servesOnePageOftenOverOneConnection() throws Exception {
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 100; i++) {
        client.send(RawClient.pageRequest("GET", "/"));
        assertThat(client.readResponse()).endsWith("method GET");
      }
      client.send(RawClient.upgradeRequest("/ws"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void servesRequestsThatComeTogether() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(RawClient.pageRequest("GET", "/").repeat(20) + RawClient.upgradeRequest("/ws"));
      for (int i = 0; i < 20; i++) {
        assertThat(client.readResponse()).endsWith("method GET");
      }
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      client.send(RawClient.textFrame("upgraded"));
      assertThat(client.readFrame().text()).isEqualTo("upgraded");
    }
  }

  @Test
  void tellsThePagesOfTheHeaders() throws Exception {
    assertThat(answer("GET /agent HTTP/1.1\r\nHost: localhost\r\nUser-Agent: a test\r\n\r\n"))
        .endsWith("agent a test");
  }

  @Test
  void leavesTheBodyOutForHead() throws Exception {
    try (RawClient client = server.connect()) {
      client.send(RawClient.pageRequest("HEAD", "/"));
      assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").contains("Content-Length: 11\r\n");
      client.send(RawClient.pageRequest("GET", "/"));
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("method GET");
    }
  }

  @Test
  void answersForAPageThatThrows() throws Exception {
    assertThat(answer(RawClient.pageRequest("GET", "/broken"))).startsWith("HTTP/1.1 500 ");
    assertThat(answer(RawClient.pageRequest("GET", "/"))).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void servesHandlersOfUndertowByTheLongestPrefix() throws Exception {
    assertThat(answer(RawClient.pageRequest("GET", "/undertow/deep"))).endsWith("\r\n\r\n/deep");
  }
}
