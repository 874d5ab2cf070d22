package dev.roomcast.jetty.internal;

import dev.roomcast.wire.http.RequestGuard;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Tells the guard of each connection where its requests begin and end. Thread-safe. */
public final class GuardedRequests extends Handler.Wrapper {

  public GuardedRequests(Handler handler) {
    super(handler);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    RequestGuard guard = LoopEndPoint.below(endPoint).guard();
    RequestBody watched = new RequestBody(request);
    guard.requestBegins(watched::whole);
    request.addHttpStreamWrapper(stream -> new EndOfRequest(stream, request, guard));
    return super.handle(watched, response, callback);
  }

  /** Called when the answer is out or given up, before Jetty reads the next request. */
  private static final class EndOfRequest extends HttpStream.Wrapper {
    private final Request request;
    private final RequestGuard guard;

    EndOfRequest(HttpStream stream, Request request, RequestGuard guard) {
      super(stream);
      this.request = request;
      this.guard = guard;
    }

    @Override
    public void succeeded() {
      if (request.getAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE) == null) {
        guard.requestEnds();
      } else {
        guard.upgraded();
      }
      super.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
      guard.requestEnds();
      super.failed(cause);
    }
  }
}
