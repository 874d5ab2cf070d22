package dev.roomcast.undertow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportException;
import dev.roomcast.port.transport.TransportSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class UndertowTransportTest {

  @Test
  void keepsTheOrderOfTenThousandMessages() throws Exception {
    try (EchoServer server = new EchoServer();
        RawClient client = server.upgraded()) {
      Thread sender =
          Thread.startVirtualThread(
              () -> {
                try {
                  for (int i = 0; i < 10_000; i++) {
                    client.send(RawClient.textFrame("message " + i));
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      for (int i = 0; i < 10_000; i++) {
        assertThat(client.readFrame().text()).isEqualTo("message " + i);
      }
      sender.join();
    }
  }

  @Test
  void sendsOnePreparedMessageToTwoHundredConnections() throws Exception {
    try (EchoServer server = new EchoServer()) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        clients.add(server.upgraded());
      }
      await().until(() -> server.echo.opened.size() == 200);
      for (int round = 0; round < 20; round++) {
        PreparedMessage message =
            server.transport.prepare(("round " + round).getBytes(UTF_8), /* compressible= */ true);
        for (Connection connection : server.echo.opened) {
          connection.loop().execute(() -> connection.send(message, Flush.PACED));
        }
      }
      for (RawClient client : clients) {
        for (int round = 0; round < 20; round++) {
          assertThat(client.readFrame().text()).isEqualTo("round " + round);
        }
        client.close();
      }
      await().until(() -> server.echo.closed.size() == 200);
    }
  }

  @Test
  void losesNothingThatWasQueuedWhenItClosesWhileThePeerKeepsSending() throws Exception {
    try (EchoServer server = new EchoServer();
        RawClient client = server.upgraded()) {
      await().until(() -> !server.echo.opened.isEmpty());
      Connection connection = server.echo.opened.element();
      PreparedMessage message =
          server.transport.prepare(new byte[60_000], /* compressible= */ true);
      CompletableFuture<Void> queued = new CompletableFuture<>();
      connection
          .loop()
          .execute(
              () -> {
                for (int i = 0; i < 100; i++) {
                  connection.send(message, Flush.TURN_END);
                }
                connection.close(new CloseStatus(1001, "Server shutting down"), Pending.FLUSH);
                queued.complete(null);
              });
      queued.join();
      Thread sender = Thread.startVirtualThread(() -> sendUntilRefused(client));
      for (int i = 0; i < 100; i++) {
        assertThat(client.readFrame().payload().remaining()).isEqualTo(60_000);
      }
      RawClient.Frame close = client.readFrame();
      assertThat(close.opcode()).isEqualTo(RawClient.CLOSE);
      assertThat(close.closeCode()).isEqualTo(1001);
      client.socket.shutdownOutput();
      sender.join();
      assertThat(client.readToEnd()).isEmpty();
      await().until(() -> server.echo.closed.size() == 1);
    }
  }

  private static void sendUntilRefused(RawClient client) {
    try {
      OutputStream out = client.socket.getOutputStream();
      byte[] frame = RawClient.textFrame("x".repeat(1000));
      while (true) {
        out.write(frame);
      }
    } catch (IOException refused) {
      // The test has read everything and ended the stream.
    }
  }

  @Test
  void abortsAndReportsWhatIsOpenWhenItIsClosed() throws Exception {
    EchoServer server = new EchoServer();
    try (RawClient first = server.upgraded();
        RawClient second = server.upgraded()) {
      await().until(() -> server.echo.opened.size() == 2);
      server.close();
      assertThat(server.echo.closed).hasSize(2).allMatch(status -> status.code() == 1006);
      assertThat(first.socket.isConnected() && second.socket.isConnected()).isTrue();
      assertThat(server.echo.opened)
          .allSatisfy(connection -> assertThat(connection.loop().execute(() -> {})).isFalse());
    }
  }

  @Test
  void releasesPortAndThreadsWhenItIsClosed() throws Exception {
    EchoServer server = new EchoServer();
    String prefix;
    try (RawClient upgraded = server.upgraded();
        RawClient silent = server.connect()) {
      await().until(() -> !server.echo.opened.isEmpty());
      CompletableFuture<String> name = new CompletableFuture<>();
      server
          .echo
          .opened
          .element()
          .loop()
          .execute(() -> name.complete(Thread.currentThread().getName()));
      prefix = name.join().substring(0, name.join().indexOf(' ') + 1);
      assertThat(threads(prefix)).isNotEmpty();
      assertThat(upgraded.socket.isConnected() && silent.socket.isConnected()).isTrue();
      server.close();
      server.close();
    }
    await().until(() -> threads(prefix).isEmpty());
    try (EchoServer again =
        new EchoServer(UndertowOptions.port(server.uri.getPort()), TransportSettings.defaults())) {
      assertThat(again.uri).isEqualTo(server.uri);
    }
  }

  private static List<String> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  @Test
  void namesThePortThatIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      UndertowOptions options = UndertowOptions.port(taken.getLocalPort());
      assertThatThrownBy(() -> new EchoServer(options, TransportSettings.defaults()).close())
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void namesTheHostThatDoesNotResolve() {
    UndertowOptions options = UndertowOptions.port(0).withHost("no-such-host.invalid");
    assertThatThrownBy(() -> new EchoServer(options, TransportSettings.defaults()).close())
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("no-such-host.invalid");
  }

  @Test
  void tellsAnAddressToConnectToWhenItListensEverywhere() {
    UndertowOptions options = UndertowOptions.port(0).withHost("0.0.0.0");
    try (EchoServer server = new EchoServer(options, TransportSettings.defaults())) {
      assertThat(server.uri.toString()).isEqualTo("ws://127.0.0.1:" + server.uri.getPort() + "/ws");
    }
  }

  @Test
  void startsOnce() {
    try (EchoServer server = new EchoServer()) {
      assertThatThrownBy(
              () ->
                  server.transport.start(
                      EchoServer.context(TransportSettings.defaults(), server.echo)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void preparesNothingBeforeItIsStarted() {
    assertThatThrownBy(
            () -> UndertowTransport.on(UndertowOptions.port(0)).prepare(new byte[1], true))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void mayBeClosedWithoutAStart() {
    UndertowTransport transport = UndertowTransport.on(UndertowOptions.port(0));
    transport.stopAccepting();
    transport.close();
  }
}
