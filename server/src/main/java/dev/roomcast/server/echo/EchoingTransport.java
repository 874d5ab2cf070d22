package dev.roomcast.server.echo;

import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A transport with an echo on its port. The two begin to end together; the echo, whose connections
 * live on the other's threads, is the first to be done. Thread-safe.
 */
public final class EchoingTransport implements Transport {
  private final Transport clients;
  private final BinaryTransport beside;
  private final String path;
  private volatile @Nullable EchoEndpoint echo;

  /**
   * Of transports that are not started, and are this one's alone.
   *
   * @param clients where clients connect; passes requests for {@code path} on to {@code beside}
   * @param beside the echo's
   * @param path where the echo is, and nowhere below
   */
  public EchoingTransport(Transport clients, BinaryTransport beside, String path) {
    this.clients = clients;
    this.beside = beside;
    this.path = path;
  }

  @Override
  public TransportAddress start(TransportContext context) {
    TransportAddress address = clients.start(context);
    echo = EchoEndpoint.start(beside, path, context);
    return address;
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return clients.prepare(utf8, compressible);
  }

  @Override
  public void stopAccepting() {
    CompletableFuture<Void> unused = endEcho();
    clients.stopAccepting();
  }

  @Override
  public void close() {
    try {
      endEcho().join();
    } finally {
      clients.close();
    }
  }

  private CompletableFuture<Void> endEcho() {
    EchoEndpoint started = echo;
    return started == null ? CompletableFuture.completedFuture(null) : started.shutdown();
  }
}
