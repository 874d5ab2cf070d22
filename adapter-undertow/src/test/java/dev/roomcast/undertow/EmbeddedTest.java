package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportSettings;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.Options;

/** Inside an Undertow server that is not ours. */
@Timeout(60)
final class EmbeddedTest {
  /** More than the buffers of both sockets take. */
  private static final int LARGE = 16 << 20;

  private final UndertowTransport transport = UndertowTransport.embedded();
  private final Echo echo = new Echo(transport);
  private Undertow foreign;
  private URI uri;

  @BeforeEach
  void start() {
    foreign =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setIoThreads(2)
            .setWorkerThreads(2)
            .setSocketOption(Options.READ_TIMEOUT, 200)
            .setSocketOption(Options.WRITE_TIMEOUT, 200)
            .setHandler(
                new PathHandler()
                    .addExactPath("/", exchange -> exchange.getResponseSender().send("theirs"))
                    .addPrefixPath("/chat", transport.handler())
                    .addPrefixPath("/blocking", new BlockingHandler(transport.handler())))
            .build();
    foreign.start();
    InetSocketAddress address =
        (InetSocketAddress) foreign.getListenerInfo().getFirst().getAddress();
    uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/chat");
  }

  @AfterEach
  void stop() {
    transport.close();
    foreign.stop();
  }

  private URI startTransport() {
    return startTransport(TransportSettings.defaults());
  }

  private URI startTransport(TransportSettings settings) {
    return transport.start(EchoServer.context(settings.withPath("/chat"), echo)).uri();
  }

  private void assertEchoes(RawClient client) throws Exception {
    client.send(RawClient.textFrame("hello"));
    assertThat(client.readFrame().text()).isEqualTo("hello");
  }

  @Test
  void servesWhereItIsMounted() throws Exception {
    assertThat(startTransport()).isEqualTo(URI.create("/chat"));
    try (RawClient client = new RawClient(uri).send(RawClient.upgradeRequest("/chat"))) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertEchoes(client);
    }
  }

  @Test
  void servesBehindAHandlerThatDispatches() throws Exception {
    startTransport();
    try (RawClient client = new RawClient(uri).send(RawClient.upgradeRequest("/blocking"))) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertEchoes(client);
    }
    // Undertow announces the upgrade on the thread that ended the exchange, a worker's.
    assertThat(echo.openedOnLoop).containsExactly(true);
  }

  @Test
  void answersThatItIsNotStarted() throws Exception {
    try (RawClient client = new RawClient(uri).send(RawClient.upgradeRequest("/chat"))) {
      assertThat(client.readResponse()).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void outlivesTheTimeoutsOfTheOtherServer() throws Exception {
    startTransport();
    try (RawClient client = new RawClient(uri).send(RawClient.upgradeRequest("/chat"));
        RawClient theirs = new RawClient(uri).send(RawClient.pageRequest("GET", "/"))) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(theirs.readResponse()).endsWith("theirs");
      // Silent as long as ours, and ended by their time-out.
      assertThat(theirs.readToEnd()).isEmpty();
      assertEchoes(client);
    }
  }

  /** XNIO breaks a write that takes nothing once the socket has taken nothing for that long. */
  @Test
  void leavesASlowPeerToItsOwnTimeouts() throws Exception {
    startTransport(TransportSettings.defaults().withStallTimeout(Duration.ofMillis(600)));
    try (RawClient client = new RawClient(uri).send(RawClient.upgradeRequest("/chat"))) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      await().until(() -> echo.opened.size() == 1);
      Connection connection = echo.opened.element();
      byte[] large = new byte[LARGE];
      Arrays.fill(large, (byte) 'x');
      PreparedMessage message = transport.prepare(large, /* compressible= */ false);
      assertThat(connection.loop().execute(() -> connection.send(message, Flush.TURN_END)))
          .isTrue();
      await().until(() -> echo.levels.contains(Backpressure.STALLED));

      assertThat(client.readFrame().text()).hasSize(LARGE);
      assertThat(echo.closed).isEmpty();
    }
  }

  @Test
  void leavesTheOtherServerRunningWhenItIsClosed() throws Exception {
    startTransport();
    try (RawClient client = new RawClient(uri).send(RawClient.upgradeRequest("/chat"));
        RawClient theirs = new RawClient(uri)) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      await().until(() -> echo.opened.size() == 1);
      transport.close();
      assertThat(echo.closed).hasSize(1);
      assertThat(echo.opened.element().loop().execute(() -> {})).isFalse();
      theirs.send(RawClient.pageRequest("GET", "/"));
      assertThat(theirs.readResponse()).endsWith("theirs");
      theirs.send(RawClient.upgradeRequest("/chat"));
      assertThat(theirs.readResponse()).startsWith("HTTP/1.1 503 ");
    }
  }

  @Test
  void reportsItsConnectionsWhenTheOtherServerStops() throws Exception {
    startTransport();
    try (RawClient client = new RawClient(uri).send(RawClient.upgradeRequest("/chat"))) {
      assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
      await().until(() -> echo.opened.size() == 1);
      CompletableFuture<Void> timer = new CompletableFuture<>();
      echo.opened.element().loop().after(Duration.ofMillis(1), () -> timer.complete(null));
      timer.join();
      foreign.stop();
      await().until(() -> echo.closed.size() == 1);
      assertThat(echo.opened.element().loop().execute(() -> {})).isFalse();
    }
  }

  private RawClient upgraded() throws Exception {
    RawClient client = new RawClient(uri()).send(RawClient.upgradeRequest("/chat"));
    assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  private URI uri() {
    InetSocketAddress address =
        (InetSocketAddress) foreign.getListenerInfo().getFirst().getAddress();
    return URI.create("ws://127.0.0.1:" + address.getPort() + "/chat");
  }

  @Test
  void servesAgainWhenTheOtherServerIsStartedAgain() throws Exception {
    startTransport();
    RawClient before = upgraded();
    await().until(() -> echo.opened.size() == 1);
    foreign.stop();
    await().until(() -> echo.closed.size() == 1);
    before.close();
    foreign.start();
    try (RawClient after = upgraded()) {
      assertEchoes(after);
      assertThat(echo.opened).hasSize(2);
    }
  }

  @Test
  void closesAfterTheOtherServer() throws Exception {
    startTransport();
    try (RawClient client = upgraded()) {
      assertEchoes(client);
      foreign.stop();
      transport.close();
      assertThat(echo.closed).hasSize(1);
    }
  }

  /** Its I/O threads serve ours and theirs in turn. */
  @Test
  void sharesTheThreadsOfTheOtherServer() throws Exception {
    startTransport();
    try (RawClient client = upgraded();
        RawClient theirs = new RawClient(uri)) {
      for (int i = 0; i < 200; i++) {
        assertEchoes(client);
        theirs.send(RawClient.pageRequest("GET", "/"));
        assertThat(theirs.readResponse()).endsWith("theirs");
      }
      assertThat(echo.opened.element().loop().toString()).contains("I/O");
    }
  }
}
