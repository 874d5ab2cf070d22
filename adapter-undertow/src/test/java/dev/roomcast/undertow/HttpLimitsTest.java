package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.wire.http.PageResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contract of HTTP does not see: what is counted, and handlers that take their time. */
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
}
