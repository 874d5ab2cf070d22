package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.LoopThreads;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.wire.PipeTransport;
import java.net.URI;

/** A Jetty that we do not own, and the loops that we bring along. Guarded by its transport. */
final class ForeignServer implements PipeTransport.Host {
  private final LoopThreads loops;

  ForeignServer(LoopThreads loops) {
    this.loops = loops;
  }

  @Override
  public URI start(TransportContext context) {
    loops.start();
    return PipeTransport.Host.foreign().start(context);
  }

  /** The transport has closed the loops before. */
  @Override
  public void close() {
    loops.join();
  }
}
