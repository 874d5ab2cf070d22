package dev.roomcast.jetty.internal;

import dev.roomcast.simulation.pipe.PipeContract;
import dev.roomcast.simulation.pipe.PipeListening;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.util.function.Function;

final class EndPointPipeContractTest extends PipeContract {

  @Override
  protected PipeListening listen(Function<BytePipe, PipeListener> opener) throws Exception {
    return PipeServer.foreign(opener, /* tls= */ null);
  }
}
