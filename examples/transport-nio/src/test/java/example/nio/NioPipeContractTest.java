package example.nio;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.simulation.pipe.PipeContract;
import dev.roomcast.simulation.pipe.PipeListening;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;

final class NioPipeContractTest extends PipeContract {

  @Override
  protected PipeListening listen(Function<BytePipe, PipeListener> opener) throws IOException {
    NioLoop loop = new NioLoop("nio", TimeSource.system());
    ServerSocketChannel listening =
        ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                SocketChannel socket = listening.accept();
                loop.turns.execute(() -> NioPipe.open(loop, socket, opener));
              } catch (IOException closed) {
                // By the test.
              }
            });
    return new PipeListening() {
      @Override
      public InetSocketAddress address() {
        return (InetSocketAddress) listening.socket().getLocalSocketAddress();
      }

      @Override
      public void close() {
        NioPipe.close(listening);
        loop.close();
      }
    };
  }
}
