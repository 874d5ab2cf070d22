package dev.roomcast.undertow.internal;

import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;
import org.xnio.ssl.SslConnection;

/** Makes a pipe of every TCP connection, without any HTTP. */
final class PipeServer {
  final XnioThreads threads = new XnioThreads();
  private final AcceptingChannel<StreamConnection> listening;
  private final Function<BytePipe, PipeListener> opener;
  private final @Nullable TestCertificate tls;

  /** Stands between pipe and socket of each connection that is accepted from now on. */
  volatile UnaryOperator<StreamSinkConduit> between = socket -> socket;

  /** The same on the way in. */
  volatile UnaryOperator<StreamSourceConduit> betweenIn = socket -> socket;

  /** In the clear. */
  PipeServer(Function<BytePipe, PipeListener> opener) throws IOException {
    this(opener, null);
  }

  PipeServer(Function<BytePipe, PipeListener> opener, @Nullable TestCertificate tls)
      throws IOException {
    this.opener = opener;
    this.tls = tls;
    listening =
        threads.worker.createStreamConnectionServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ChannelListeners.openListenerAdapter(tls == null ? this::open : this::shakeHands),
            OptionMap.EMPTY);
    listening.resumeAccepts();
  }

  private void shakeHands(StreamConnection accepted) {
    UndertowXnioSsl ssl =
        new UndertowXnioSsl(threads.worker.getXnio(), OptionMap.EMPTY, tls.server());
    SslConnection connection =
        ssl.wrapExistingConnection(accepted, OptionMap.EMPTY, /* clientMode= */ false);
    connection
        .getHandshakeSetter()
        .set(
            done -> {
              // New keys count as a handshake too.
              connection.getHandshakeSetter().set(null);
              threads.loop.execute(() -> open(connection));
            });
    connection
        .getSourceChannel()
        .setReadListener(
            source -> {
              try {
                source.read(ByteBuffer.allocate(0));
              } catch (IOException refused) {
                IoUtils.safeClose(connection);
              }
            });
    connection.getSourceChannel().resumeReads();
  }

  private void open(StreamConnection connection) {
    ConduitStreamSinkChannel sink = connection.getSinkChannel();
    sink.setConduit(between.apply(sink.getConduit()));
    ConduitStreamSourceChannel source = connection.getSourceChannel();
    source.setConduit(betweenIn.apply(source.getConduit()));
    XnioPipe.open(connection, threads.loop, pipe -> Optional.of(opener.apply(pipe)));
  }

  InetSocketAddress address() {
    return listening.getLocalAddress(InetSocketAddress.class);
  }

  Socket connect() throws IOException {
    InetSocketAddress address = address();
    Socket client = new Socket(address.getAddress(), address.getPort());
    client.setSoTimeout(10_000);
    return tls == null ? client : new TlsClient(tls.client(), client);
  }

  /** Waits for its threads. */
  void end() {
    try {
      stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() throws InterruptedException {
    threads.stop();
  }
}
