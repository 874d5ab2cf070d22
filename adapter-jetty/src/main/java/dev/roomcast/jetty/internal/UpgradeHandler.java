package dev.roomcast.jetty.internal;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.wire.UpgradeGate;
import dev.roomcast.wire.UpgradeRequest;
import dev.roomcast.wire.UpgradeResponse;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** Turns upgrade requests into pipes for the wire, or answers why not. Thread-safe. */
public final class UpgradeHandler extends Handler.Abstract.NonBlocking {
  private final UpgradeGate gate;

  public UpgradeHandler(UpgradeGate gate) {
    this.gate = gate;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    switch (gate.answer(upgradeRequest(request), RequestBody.expected(request))) {
      case UpgradeResponse.Refuse refusal -> refuse(response, refusal, callback);
      case UpgradeResponse.Switch agreed -> upgrade(request, response, agreed, callback);
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
    refusal.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    Content.Sink.write(response, /* last= */ true, refusal.body() + "\n", callback);
  }

  private void upgrade(
      Request request, Response response, UpgradeResponse.Switch agreed, Callback callback) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    request.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE,
        new UpgradedConnection(
            endPoint,
            LoopEndPoint.below(endPoint),
            request.getComponents().getExecutor(),
            agreed.handshake(),
            gate));
    response.setStatus(101);
    agreed.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(/* last= */ true, null, callback);
  }
}
