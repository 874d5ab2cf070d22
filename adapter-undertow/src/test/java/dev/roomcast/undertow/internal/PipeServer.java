package dev.roomcast.undertow.internal;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.AcceptingChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;
import org.xnio.conduits.StreamSourceConduit;

/** Makes a pipe of every TCP connection, without any HTTP. */
final class PipeServer {
  final XnioThreads threads = new XnioThreads();
  private final AcceptingChannel<StreamConnection> listening;

  /** Stands between pipe and socket of each connection that is accepted from now on. */
  volatile UnaryOperator<StreamSinkConduit> between = socket -> socket;

  /** The same on the way in. */
  volatile UnaryOperator<StreamSourceConduit> betweenIn = socket -> socket;

  PipeServer(Function<BytePipe, PipeListener> opener) throws IOException {
    listening =
        threads.worker.createStreamConnectionServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            ChannelListeners.openListenerAdapter(
                accepted -> {
                  ConduitStreamSinkChannel sink = accepted.getSinkChannel();
                  sink.setConduit(between.apply(sink.getConduit()));
                  ConduitStreamSourceChannel source = accepted.getSourceChannel();
                  source.setConduit(betweenIn.apply(source.getConduit()));
                  XnioPipe.open(accepted, threads.loop, pipe -> Optional.of(opener.apply(pipe)));
                }),
            OptionMap.EMPTY);
    listening.resumeAccepts();
  }

  Socket connect() throws IOException {
    InetSocketAddress address = listening.getLocalAddress(InetSocketAddress.class);
    Socket client = new Socket(address.getAddress(), address.getPort());
    client.setSoTimeout(10_000);
    return client;
  }

  void stop() throws InterruptedException {
    threads.stop();
  }
}
