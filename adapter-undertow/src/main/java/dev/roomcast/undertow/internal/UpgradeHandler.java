package dev.roomcast.undertow.internal;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.wire.UpgradeRequest;
import dev.roomcast.wire.UpgradeResponse;
import dev.roomcast.wire.WebSocketWire;
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

  /** What there is to upgrade to. */
  private record Target(WebSocketWire wire, XnioLoops loops) {}

  private volatile @Nullable Target target;

  /** Before this every request is answered 503. */
  public void upgradeTo(WebSocketWire wire, XnioLoops loops) {
    target = new Target(wire, loops);
  }

  /** From now on every request is answered 503. */
  public void stop() {
    target = null;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    Target to = target;
    if (to == null) {
      refuse(exchange, new UpgradeResponse.Refuse(503, Map.of(), "Not accepting connections"));
      return;
    }
    if (!exchange.isRequestComplete()) {
      // Its bytes would be taken for WebSocket frames.
      refuse(
          exchange,
          new UpgradeResponse.Refuse(400, Map.of(), "A WebSocket handshake has no request body."));
      return;
    }
    switch (to.wire().upgrade(request(exchange))) {
      case UpgradeResponse.Refuse refusal -> refuse(exchange, refusal);
      case UpgradeResponse.Switch agreed -> upgrade(exchange, agreed, to);
    }
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
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    putHeaders(exchange, refusal);
    exchange.getResponseSender().send(refusal.body() + "\n");
  }

  private static void upgrade(
      HttpServerExchange exchange, UpgradeResponse.Switch agreed, Target to) {
    @Nullable StreamSinkConduit socket = socketOf(exchange);
    exchange.upgradeChannel(
        (connection, ended) -> {
          // On whatever thread ended the exchange.
          XnioLoop loop = to.loops().of(connection.getIoThread());
          if (socket != null) {
            connection.getSinkChannel().setConduit(socket);
          }
          if (!loop.execute(() -> open(connection, loop, agreed.handshake(), to.wire()))) {
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
        ? AnswerWatch.unwrap(http.getOriginalSinkConduit())
        : null;
  }

  private static void putHeaders(HttpServerExchange exchange, UpgradeResponse response) {
    response
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
  }

  private static void open(
      StreamConnection connection, XnioLoop loop, Handshake handshake, WebSocketWire wire) {
    endHttpTimeouts(connection);
    XnioPipe.open(connection, loop, pipe -> wire.open(pipe, handshake));
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
