package dev.roomcast.undertow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
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
}
