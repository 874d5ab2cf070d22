package dev.roomcast.jetty.internal;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import dev.roomcast.wire.UpgradeGate;
import dev.roomcast.wire.UpgradeRequest;
import dev.roomcast.wire.UpgradeResponse;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.TunnelSupport;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Turns upgrade requests into pipes for the wire, or answers why not. Thread-safe. */
public final class UpgradeHandler extends Handler.Abstract.NonBlocking {

  /** Makes what Jetty holds for a connection after its upgrade. */
  @FunctionalInterface
  private interface Upgraded {
    Connection of(
        EndPoint endPoint, Executor executor, Function<BytePipe, Optional<PipeListener>> opener);
  }

  private static final Set<String> CONNECTION_HEADERS = Set.of("Connection", "Upgrade");

  private final UpgradeGate gate;
  private final Upgraded upgraded;

  private UpgradeHandler(UpgradeGate gate, Upgraded upgraded) {
    this.gate = gate;
    this.upgraded = upgraded;
  }

  /** For connections of a {@link LoopConnector}. */
  public static UpgradeHandler own(UpgradeGate gate) {
    return new UpgradeHandler(
        gate,
        (endPoint, executor, opener) ->
            new UpgradedConnection(endPoint, LoopEndPoint.below(endPoint), executor, opener));
  }

  /** For connections of any connector, also streams of HTTP/2. */
  public static UpgradeHandler embedded(UpgradeGate gate, LoopThreads loops) {
    return new UpgradeHandler(
        gate,
        (endPoint, executor, opener) ->
            new EmbeddedConnection(endPoint, loops.next(), executor, opener));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (gate.answer(upgradeRequest(request), RequestBody.expected(request))) {
      case UpgradeResponse.Refuse refusal -> refuse(request, response, refusal, callback);
      case UpgradeResponse.Switch agreed -> upgrade(request, response, agreed, callback);
    }
    return true;
  }

  private static UpgradeRequest upgradeRequest(Request request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Fields.Field parameter : Request.extractQueryParameters(request)) {
      query.put(parameter.getName(), parameter.getValues());
    }
    TunnelSupport tunnel = request.getTunnelSupport();
    return new UpgradeRequest(
        request.getMethod(),
        request.getConnectionMetaData().getHttpVersion().asString(),
        tunnel == null ? null : tunnel.getProtocol(),
        new Handshake(
            remoteAddress(request),
            RequestHeaders.path(request),
            query,
            RequestHeaders.of(request),
            null));
  }

  private static InetSocketAddress remoteAddress(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress ip
        ? ip
        // Such as the path of a Unix domain socket.
        : InetSocketAddress.createUnresolved(Request.getRemoteAddr(request), 0);
  }

  private static void refuse(
      Request request, Response response, UpgradeResponse.Refuse refusal, Callback callback) {
    response.setStatus(refusal.status());
    putHeaders(request, response, refusal);
    Content.Sink.write(response, /* last= */ true, refusal.body() + "\n", callback);
  }

  private void upgrade(
      Request request, Response response, UpgradeResponse.Switch agreed, Callback callback) {
    TunnelSupport tunnel = request.getTunnelSupport();
    boolean stream = tunnel != null && tunnel.getProtocol() != null;
    EndPoint endPoint =
        stream
            ? tunnel.getEndPoint()
            : request.getConnectionMetaData().getConnection().getEndPoint();
    request.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
        upgraded.of(
            endPoint,
            request.getComponents().getExecutor(),
            pipe -> gate.open(pipe, agreed.handshake())));
    response.setStatus(stream ? 200 : 101);
    putHeaders(request, response, agreed);
    response.write(/* last= */ true, null, callback);
  }

  private static void putHeaders(Request request, Response response, UpgradeResponse answer) {
    boolean multiplexed =
        request.getConnectionMetaData().getHttpVersion().getVersion()
            >= HttpVersion.HTTP_2.getVersion();
    answer
        .headers()
        .forEach(
            (name, value) -> {
              // RFC 9113 section 8.2.2: what is about one connection has no place on a stream.
              if (!multiplexed || !CONNECTION_HEADERS.contains(name)) {
                response.getHeaders().put(name, value);
              }
            });
  }
}
