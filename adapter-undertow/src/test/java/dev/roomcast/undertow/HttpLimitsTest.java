package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.wire.http.PageResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What keeps a peer from holding a connection, or memory, before the upgrade. */
@Timeout(60)
class HttpLimitsTest {
  private static final int LIMIT = 16 * 1024;
  static final TransportSettings HURRIED =
      TransportSettings.defaults().withHandshakeTimeout(Duration.ofMillis(300));

  /** A server that its clients reach. */
  EchoServer server(UndertowOptions options, TransportSettings settings) {
    return new EchoServer(options, settings);
  }

  private EchoServer server(TransportSettings settings) {
    return server(
        UndertowOptions.port(0)
            .withIoThreads(1)
            .withPages(request -> PageResponse.text(200, "a page")),
        settings);
  }

  /** An upgrade request whose head has so many bytes. */
  private static String headOf(int bytes) {
    String request = RawClient.upgradeRequest("/ws");
    String filler = "\r\nX-Filler: ";
    int more = bytes - request.length() - filler.length();
    return request.replace("\r\n\r\n", filler + "x".repeat(more) + "\r\n\r\n");
  }

  @Test
  void takesAHeadAsLargeAsTheLimit() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.connect().send(headOf(LIMIT))) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void refusesALargerHead() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.connect().send(headOf(LIMIT + 1))) {
      assertThat(client.readResponse())
          .startsWith("HTTP/1.1 431 Request Header Fields Too Large\r\n")
          .contains("limited to 16384 bytes");
      assertThat(client.readToEnd()).isEmpty();
      assertThat(server.echo.asked).isEmpty();
      assertThat(server.echo.counted.sum(Signal.CONNECTION_REFUSED)).isEqualTo(1);
    }
  }

  @Test
  void saysSoAlsoToOneThatIsStillSending() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.connect()) {
      client.send(headOf(1_000_000));
      assertThat(client.readResponse()).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void limitsEachHeadOfAConnection() throws Exception {
    try (EchoServer server = server(TransportSettings.defaults());
        RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        client.send(headOf(LIMIT - 100).replace("/ws", "/x?"));
        assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ");
      }
      client.send(headOf(LIMIT + 1));
      assertThat(client.readResponse()).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void closesAConnectionThatSendsNothing() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = server.connect()) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void closesAConnectionThatTricklesItsHead() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = server.connect();
        ScheduledExecutorService dripping = Executors.newSingleThreadScheduledExecutor()) {
      byte[] head = headOf(10_000).getBytes(StandardCharsets.US_ASCII);
      var unused =
          dripping.scheduleAtFixedRate(
              new Runnable() {
                private int next;

                @Override
                public void run() {
                  try {
                    client.socket.getOutputStream().write(head[next++]);
                  } catch (IOException closed) {
                    dripping.shutdown();
                  }
                }
              },
              0,
              20,
              TimeUnit.MILLISECONDS);
      await().until(dripping::isShutdown);
      assertThat(server.echo.asked).isEmpty();
      assertThat(server.echo.counted.sum(Signal.CONNECTION_REFUSED)).isEqualTo(1);
    }
  }

  @Test
  void closesAConnectionThatKeepsItsBody() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = server.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12345");
      assertThat(new String(client.readToEnd(), StandardCharsets.US_ASCII)).doesNotContain("1234");
    }
  }

  @Test
  void closesAConnectionThatTakesNoAnswers() throws Exception {
    PageResponse page = PageResponse.text(200, "x".repeat(1_000_000));
    try (EchoServer server =
            server(UndertowOptions.port(0).withIoThreads(1).withPages(request -> page), HURRIED);
        RawClient client = server.connect()) {
      client.send(RawClient.pageRequest("GET", "/").repeat(64));
      // What arrives on a closed socket is answered with a reset.
      await().untilAsserted(() -> assertThatThrownBy(() -> client.send("G")).isNotNull());
    }
  }

  @Test
  void freesAHandlerThatBlocksInItsAnswer() throws Exception {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    HttpHandler blocking =
        new BlockingHandler(
            exchange -> {
              try {
                exchange.getOutputStream().write(new byte[64_000_000]);
              } catch (IOException gone) {
                failed.complete(null);
              }
            });
    try (EchoServer server =
            server(UndertowOptions.port(0).withIoThreads(1).withHandler(blocking), HURRIED);
        RawClient client = server.connect().send(RawClient.pageRequest("GET", "/"))) {
      await().until(failed::isDone);
      assertThat(client.socket.isConnected()).isTrue();
    }
  }

  @Test
  void waitsForAnAnswerThatIsLongInTheMaking() throws Exception {
    HttpHandler slow =
        exchange ->
            exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () ->
                    exchange
                        .getIoThread()
                        .executeAfter(
                            () -> exchange.getResponseSender().send("at last"),
                            900,
                            TimeUnit.MILLISECONDS));
    try (EchoServer server =
            server(UndertowOptions.port(0).withIoThreads(1).withHandler(slow), HURRIED);
        RawClient client = server.connect().send(RawClient.pageRequest("GET", "/"))) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("at last");
    }
  }

  @Test
  void timesEachRequestOfAConnectionByItself() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = server.connect();
        RawClient silent = server.connect()) {
      Thread whileSilentIsOpen = Thread.startVirtualThread(() -> readToEnd(silent));
      while (whileSilentIsOpen.isAlive()) {
        client.send(RawClient.pageRequest("GET", "/"));
        assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("a page");
      }
      client.send(RawClient.pageRequest("GET", "/"));
      assertThat(client.readResponse()).startsWith("HTTP/1.1 200 ").endsWith("a page");
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  private static void readToEnd(RawClient client) {
    try {
      client.readToEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void leavesConnectionsAloneOnceTheyAreUpgraded() throws Exception {
    try (EchoServer server = server(HURRIED);
        RawClient client = server.upgraded();
        RawClient silent = server.connect()) {
      // Accepted after the other; so that one's time was up too.
      assertThat(silent.readToEnd()).isEmpty();
      client.send(RawClient.textFrame("still here"));
      assertThat(client.readFrame().text()).isEqualTo("still here");
    }
  }
}
