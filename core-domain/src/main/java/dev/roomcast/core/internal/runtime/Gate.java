package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.model.Origins;
import dev.roomcast.core.options.LimitOptions;
import dev.roomcast.port.id.IdSource;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets connections in: origins, limits, subprotocol, then a session for each. Thread-safe. */
public final class Gate implements Acceptor {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private final ServerContext context;
  private final Shards shards;
  private final IdSource ids;

  public Gate(ServerContext context, Shards shards, IdSource ids) {
    this.context = context;
    this.shards = shards;
    this.ids = ids;
  }

  @Override
  public Verdict admit(Handshake request) {
    LimitOptions limits = context.options().limits();
    if (request
        .origin()
        .filter(origin -> !Origins.allows(limits.allowedOrigins(), origin))
        .isPresent()) {
      return refuse(request, FORBIDDEN, "origin not allowed");
    }
    return context
        .population()
        .refusal(request.remoteAddress())
        .map(reason -> refuse(request, UNAVAILABLE, reason))
        .orElseGet(() -> accept(request));
  }

  private Verdict accept(Handshake request) {
    return new Verdict.Accept(
        request.offeredSubprotocols().stream()
            .filter(context.options().sessions().subprotocols()::contains)
            .findFirst()
            .orElse(null));
  }

  private Verdict refuse(Handshake request, int status, String reason) {
    context.observer().count(Signal.CONNECTION_REFUSED);
    LOG.debug("refused {}: {}", request.remoteAddress(), reason);
    return new Verdict.Reject(status, reason);
  }

  @Override
  public ConnectionListener opened(Connection connection, Handshake handshake) {
    Shard shard = shards.of(connection.loop(), context);
    Session session = new Session(ids.next(), connection, handshake, shard, context);
    session.open();
    return session;
  }
}
