package dev.roomcast.jetty.internal;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.wire.UpgradeRequest;
import dev.roomcast.wire.UpgradeResponse;
import dev.roomcast.wire.WebSocketWire;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** Turns upgrade requests into pipes for the wire, or answers why not. Thread-safe. */
public final class UpgradeHandler extends Handler.Abstract.NonBlocking {
  private volatile @Nullable WebSocketWire wire;

  /** Before this every request is answered 503. */
  public void upgradeTo(WebSocketWire to) {
    wire = to;
  }

  /** From now on every request is answered 503. */
  public void stopUpgrades() {
    wire = null;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    WebSocketWire to = wire;
    if (to == null) {
      refuse(
          response,
          new UpgradeResponse.Refuse(503, Map.of(), "Not accepting connections"),
          callback);
    } else if (RequestBody.expected(request)) {
      // Its bytes would be taken for WebSocket frames.
      refuse(
          response,
          new UpgradeResponse.Refuse(400, Map.of(), "A WebSocket handshake has no request body."),
          callback);
    } else {
      switch (to.upgrade(upgradeRequest(request))) {
        case UpgradeResponse.Refuse refusal -> refuse(response, refusal, callback);
        case UpgradeResponse.Switch agreed -> upgrade(request, response, agreed, to, callback);
      }
    }
    return true;
  }

  private static UpgradeRequest upgradeRequest(Request request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (Fields.Field parameter : Request.extractQueryParameters(request)) {
      query.put(parameter.getName(), parameter.getValues());
    }
    return new UpgradeRequest(
        request.getMethod(),
        request.getConnectionMetaData().getHttpVersion().asString(),
        new Handshake(
            (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress(),
            RequestHeaders.path(request),
            query,
            RequestHeaders.of(request),
            null));
  }

  private static void refuse(Response response, UpgradeResponse.Refuse refusal, Callback callback) {
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    refusal.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    Content.Sink.write(response, /* last= */ true, refusal.body() + "\n", callback);
  }

  private static void upgrade(
      Request request,
      Response response,
      UpgradeResponse.Switch agreed,
      WebSocketWire to,
      Callback callback) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    request.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
        new UpgradedConnection(
            endPoint,
            LoopEndPoint.below(endPoint),
            request.getComponents().getExecutor(),
            agreed.handshake(),
            to));
    response.setStatus(101);
    agreed.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(/* last= */ true, null, callback);
  }
}
