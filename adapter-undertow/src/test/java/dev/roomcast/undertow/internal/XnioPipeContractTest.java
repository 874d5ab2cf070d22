package dev.roomcast.undertow.internal;

import dev.roomcast.simulation.pipe.PipeContract;
import dev.roomcast.simulation.pipe.PipeListening;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.net.InetSocketAddress;
import java.util.function.Function;

final class XnioPipeContractTest extends PipeContract {

  @Override
  protected PipeListening listen(Function<BytePipe, PipeListener> opener) throws Exception {
    return listening(new PipeServer(opener));
  }

  static PipeListening listening(PipeServer server) {
    return new PipeListening() {
      @Override
      public InetSocketAddress address() {
        return server.address();
      }

      @Override
      public void close() {
        server.end();
      }
    };
  }
}
