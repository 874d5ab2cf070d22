package dev.roomcast.server.echo;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.Verdict;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends every message back as it came, text as text and binary as binary. Asks nobody who they are.
 * Thread-safe.
 */
final class EchoEndpoint implements Acceptor {
  /** The largest message: what conformance tools send at most is 16 MiB. */
  static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private static final int NOT_FOUND = 404;
  private static final CloseStatus SHUTDOWN = new CloseStatus(1001, "Server shutting down");

  private final BinaryTransport transport;
  private final String path;
  private final Set<Echo> open = ConcurrentHashMap.newKeySet();

  private EchoEndpoint(BinaryTransport transport, String path) {
    this.transport = transport;
    this.path = path;
  }

  /**
   * Starts an endpoint.
   *
   * @param transport not started; this endpoint's alone
   * @param path where it is, and nowhere below
   * @param server the server's, for everything but path, size and whom to admit
   */
  static EchoEndpoint start(BinaryTransport transport, String path, TransportContext server) {
    EchoEndpoint endpoint = new EchoEndpoint(transport, path);
    transport.start(
        new TransportContext(
            server.settings().withPath(path).withMaxMessageBytes(MAX_MESSAGE_BYTES),
            endpoint,
            server.observer(),
            server.time()));
    return endpoint;
  }

  @Override
  public Verdict admit(Handshake request) {
    return request.path().equals(path)
        ? Verdict.accept()
        : new Verdict.Reject(NOT_FOUND, "Nothing here; messages are sent back at " + path);
  }

  @Override
  public ConnectionListener opened(Connection connection, Handshake handshake) {
    Echo echo = new Echo(transport, connection);
    open.add(echo);
    var unused = echo.gone().thenRun(() -> open.remove(echo));
    return echo;
  }

  /**
   * Closes every connection with 1001, after what is queued for it, and then the transport.
   * Idempotent.
   *
   * @return completes when all is released, within the transport's close time-out
   */
  CompletableFuture<Void> shutdown() {
    transport.stopAccepting();
    CompletableFuture<?>[] gone =
        open.stream().map(echo -> echo.close(SHUTDOWN)).toArray(CompletableFuture<?>[]::new);
    // The last of them is gone on its loop, where a transport must not be closed.
    return CompletableFuture.allOf(gone).thenRunAsync(transport::close);
  }
}
