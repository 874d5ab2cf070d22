package dev.roomcast.undertow.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** An XNIO that keeps its keys elsewhere would only make us slower, and nobody would see it. */
final class SocketKeysTest {

  @Test
  void areFoundBelowSocketsAlone() throws Exception {
    XnioWorker worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
    try (ServerSocket entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StreamConnection connection =
            worker
                .openStreamConnection(
                    entrance.getLocalSocketAddress(), opened -> {}, OptionMap.EMPTY)
                .get()) {
      StreamSinkConduit socket = connection.getSinkChannel().getConduit();

      assertThat(SocketKeys.of(socket)).isNotNull();
      assertThat(SocketKeys.of(new AbstractStreamSinkConduit<>(socket) {}))
          .as("whatever it does with what it is given")
          .isNull();
    } finally {
      worker.shutdownNow();
    }
  }

  @Test
  void areFoundWhereUndertowHasUpgradedAConnection() throws Exception {
    CompletableFuture<PlainSocket> upgraded = new CompletableFuture<>();
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
            .setHandler(
                exchange ->
                    exchange.upgradeChannel(
                        (connection, request) -> upgraded.complete(new PlainSocket(connection))))
            .build();
    undertow.start();
    try (Socket client = new Socket()) {
      client.connect(undertow.getListenerInfo().getFirst().getAddress());
      client
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
                  .getBytes(US_ASCII));

      assertThat(upgraded.get(10, SECONDS).key()).isNotNull();
    } finally {
      undertow.stop();
    }
  }
}
