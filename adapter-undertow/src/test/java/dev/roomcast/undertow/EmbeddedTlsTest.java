package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.tls.TestCertificate;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inside an Undertow server that is not ours and does TLS. */
@Timeout(60)
final class EmbeddedTlsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.shared();

  private final UndertowTransport transport = UndertowTransport.embedded();
  private final Echo echo = new Echo(transport);
  private Undertow foreign;

  @BeforeEach
  void start() {
    foreign =
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", CERTIFICATE.server())
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(transport.handler())
            .build();
    foreign.start();
    transport.start(EchoServer.context(TransportSettings.defaults(), echo));
  }

  @AfterEach
  void stop() {
    transport.close();
    foreign.stop();
  }

  private RawClient upgraded() throws Exception {
    InetSocketAddress address =
        (InetSocketAddress) foreign.getListenerInfo().getFirst().getAddress();
    RawClient client =
        new RawClient(
            CERTIFICATE
                .client()
                .getSocketFactory()
                .createSocket(address.getAddress(), address.getPort()));
    client.send(RawClient.upgradeRequest("/ws"));
    assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
    return client;
  }

  @Test
  void echoesManyMessages() throws Exception {
    try (RawClient client = upgraded()) {
      for (int i = 0; i < 1000; i++) {
        client.send(RawClient.textFrame("message " + i));
        assertThat(client.readFrame().text()).isEqualTo("message " + i);
      }
    }
  }

  @Test
  void takesMessagesOfAnySize() throws Exception {
    try (RawClient client = upgraded()) {
      for (int size : new int[] {1, 16_000, 17_000, 65_536, 131_072}) {
        client.send(RawClient.textFrame("x".repeat(size)));
        assertThat(client.readFrame().payload().remaining()).isEqualTo(size);
      }
    }
  }

  @Test
  void losesNothingThatWasQueuedWhenItCloses() throws Exception {
    try (RawClient client = upgraded()) {
      await().until(() -> !echo.opened.isEmpty());
      Connection connection = echo.opened.element();
      PreparedMessage message =
          transport.prepare(
              "x".repeat(60_000).getBytes(StandardCharsets.US_ASCII), /* compressible= */ true);
      connection
          .loop()
          .execute(
              () -> {
                for (int i = 0; i < 100; i++) {
                  connection.send(message, Flush.TURN_END);
                }
                connection.close(new CloseStatus(1001, "Server shutting down"), Pending.FLUSH);
              });
      for (int i = 0; i < 100; i++) {
        assertThat(client.readFrame().payload().remaining()).isEqualTo(60_000);
      }
      assertThat(client.readFrame().closeCode()).isEqualTo(1001);
      client.send(RawClient.frame(RawClient.CLOSE, new byte[] {3, (byte) 0xE9}));
      assertThat(client.readToEnd()).isEmpty();
      client.socket.close();
      await().until(() -> echo.closed.size() == 1);
    }
  }
}
