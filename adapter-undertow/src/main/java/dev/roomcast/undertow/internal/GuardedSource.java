package dev.roomcast.undertow.internal;

import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.wire.http.RequestGuard;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Between the socket and Undertow's HTTP parser, for the guard. Undertow has a limit for the head,
 * but answers 400; and a time-out, but from the first byte on, not from the accept. After the
 * upgrade it only hands bytes through.
 */
public final class GuardedSource extends AbstractStreamSourceConduit<StreamSourceConduit>
    implements RequestGuard.Guarded {
  private final StreamConnection connection;
  private final XnioLoop loop;
  private final RequestGuard guard;

  private GuardedSource(StreamConnection connection, XnioLoop loop, TransportContext context) {
    super(connection.getSourceChannel().getConduit());
    this.connection = connection;
    this.loop = loop;
    guard = new RequestGuard(this, loop, context);
  }

  /**
   * Guards a connection that was just accepted. On its loop.
   *
   * @param socket what lies below TLS; the connection itself if there is none
   */
  public static void install(
      StreamConnection socket,
      StreamConnection connection,
      XnioLoop loop,
      TransportContext context) {
    GuardedSource source = new GuardedSource(connection, loop, context);
    if (socket.getSinkChannel().getConduit() instanceof PatientSink belowTls) {
      belowTls.tells(source.guard);
    }
    connection.getSourceChannel().setConduit(source);
    connection
        .getSinkChannel()
        .setConduit(
            new GuardedSink(
                connection.getSinkChannel().getConduit(),
                source.guard,
                context.settings().handshakeTimeout()));
    source.guard.start();
  }

  /** The head is complete. On the loop. */
  public static void requestBegins(HttpServerExchange exchange) {
    if (exchange.getConnection() instanceof HttpServerConnection http
        && http.getOriginalSourceConduit() instanceof GuardedSource source) {
      source.guard.requestBegins(exchange::isRequestComplete);
      exchange.addExchangeCompleteListener(
          (ended, next) -> {
            source.requestEnds(ended);
            next.proceed();
          });
    }
  }

  private void requestEnds(HttpServerExchange exchange) {
    if (exchange.isUpgrade()) {
      guard.upgraded();
    } else {
      guard.requestEnds();
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int room = guard.room();
    if (room == 0) {
      return 0;
    }
    int limit = target.limit();
    target.limit(target.position() + Math.min(target.remaining(), room));
    try {
      int read = next.read(target);
      guard.read(read);
      return read;
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    // Undertow reads heads into one buffer only; this is the way of bodies.
    return guard.inHead() ? read(targets[offset]) : next.read(targets, offset, length);
  }

  @Override
  public boolean isOpen() {
    return connection.isOpen();
  }

  @Override
  public void close() {
    IoUtils.safeClose(connection);
  }

  @Override
  public void abort() {
    try {
      connection.setOption(Options.CLOSE_ABORT, true);
    } catch (IOException gone) {
      // It is closed already.
    }
    close();
  }

  @Override
  public void refuse(ByteBuffer answer) {
    try {
      // A fresh socket takes it whole; one that does not belongs to a peer that does not read.
      connection.getSinkChannel().write(answer);
      LingeringClose.begin(connection, PipeSocket.of(connection, loop), loop);
    } catch (IOException broken) {
      close();
    }
  }
}
