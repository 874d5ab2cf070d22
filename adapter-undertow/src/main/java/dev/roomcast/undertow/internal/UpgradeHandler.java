package dev.roomcast.undertow.internal;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.wire.UpgradeGate;
import dev.roomcast.wire.UpgradeRequest;
import dev.roomcast.wire.UpgradeResponse;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.util.ConduitFactory;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.conduits.StreamSinkConduit;

/** Turns upgrade requests into pipes for the wire, or answers why not. Thread-safe. */
public final class UpgradeHandler implements HttpHandler {
  private final UpgradeGate gate;
  private final XnioLoops loops;

  public UpgradeHandler(UpgradeGate gate, XnioLoops loops) {
    this.gate = gate;
    this.loops = loops;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    if (!(exchange.getConnection() instanceof HttpServerConnection) && isHttp1(exchange)) {
      // AJP, whose requests look as the proxy's client wrote them.
      refuse(
          exchange,
          new UpgradeResponse.Refuse(
              501,
              Map.of("Content-Type", "text/plain; charset=utf-8"),
              "This connection cannot be upgraded"));
      return;
    }
    switch (gate.answer(request(exchange), /* bodyFollows= */ !exchange.isRequestComplete())) {
      case UpgradeResponse.Refuse refusal -> refuse(exchange, refusal);
      case UpgradeResponse.Switch agreed -> upgrade(exchange, agreed);
    }
  }

  private static boolean isHttp1(HttpServerExchange exchange) {
    return exchange.isHttp11() || exchange.isHttp10();
  }

  private static UpgradeRequest request(HttpServerExchange exchange) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Map.Entry<String, Deque<String>> parameter : exchange.getQueryParameters().entrySet()) {
      query.put(parameter.getKey(), List.copyOf(parameter.getValue()));
    }
    return new UpgradeRequest(
        exchange.getRequestMethod().toString(),
        exchange.getProtocol().toString(),
        new Handshake(
            exchange.getSourceAddress(),
            exchange.getRequestPath(),
            query,
            RequestHeaders.of(exchange),
            null));
  }

  private static void refuse(HttpServerExchange exchange, UpgradeResponse.Refuse refusal) {
    exchange.setStatusCode(refusal.status());
    putHeaders(exchange, refusal);
    exchange.getResponseSender().send(refusal.body() + "\n");
  }

  private void upgrade(HttpServerExchange exchange, UpgradeResponse.Switch agreed) {
    @Nullable StreamSinkConduit socket = socketOf(exchange);
    exchange.upgradeChannel(
        (connection, ended) -> {
          // On whatever thread ended the exchange.
          XnioLoop loop = loops.of(connection.getIoThread());
          if (socket != null) {
            connection.getSinkChannel().setConduit(socket);
          }
          if (!loop.execute(() -> open(connection, loop, agreed.handshake()))) {
            IoUtils.safeClose(connection);
          }
        });
    putHeaders(exchange, agreed);
    exchange.addResponseWrapper(UpgradeHandler::unencoded);
    exchange.endExchange();
  }

  /** A handler before ours that compresses would take this for a response with a body. */
  private static StreamSinkConduit unencoded(
      ConduitFactory<StreamSinkConduit> below, HttpServerExchange exchange) {
    exchange.getResponseHeaders().put(Headers.CONTENT_ENCODING, Headers.IDENTITY.toString());
    StreamSinkConduit conduit = below.create();
    exchange.getResponseHeaders().remove(Headers.CONTENT_ENCODING);
    return conduit;
  }

  /**
   * What is below the conduits of HTTP. They have done their work when the upgrade is announced,
   * but Undertow leaves them in place: each write would go through all of them, and they keep the
   * exchange and its buffer.
   */
  private static @Nullable StreamSinkConduit socketOf(HttpServerExchange exchange) {
    return exchange.getConnection() instanceof HttpServerConnection http
        ? GuardedSink.unwrap(http.getOriginalSinkConduit())
        : null;
  }

  private static void putHeaders(HttpServerExchange exchange, UpgradeResponse response) {
    response
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
  }

  private void open(StreamConnection connection, XnioLoop loop, Handshake handshake) {
    endHttpTimeouts(connection);
    XnioPipe.open(connection, loop, pipe -> gate.open(pipe, handshake));
  }

  /** A server that we are embedded in may have some; silence is the wire's matter from now on. */
  private static void endHttpTimeouts(StreamConnection connection) {
    try {
      connection.setOption(Options.READ_TIMEOUT, 0);
      connection.setOption(Options.WRITE_TIMEOUT, 0);
    } catch (IOException gone) {
      IoUtils.safeClose(connection);
    }
  }
}
