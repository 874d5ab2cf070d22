package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.RequestHeaders;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.Callback;

/** Which handler gets a request, by its path. Thread-safe. */
final class Routes extends Handler.Sequence {

  /**
   * The WebSocket's path goes before all.
   *
   * @param others by prefix; the longest wins, and what matches none is answered 404
   */
  Routes(String path, Handler upgrades, Map<String, Handler> others) {
    super(new AtPath(path, upgrades), prefixes(others), new Nothing(path));
  }

  private static Handler prefixes(Map<String, Handler> handlers) {
    PathMappingsHandler prefixes = new PathMappingsHandler();
    handlers.forEach(
        (prefix, handler) -> {
          String below = prefix.endsWith("/") ? prefix : prefix + "/";
          prefixes.addMapping(new ServletPathSpec(below + "*"), handler);
        });
    return prefixes;
  }

  private static final class AtPath extends Handler.Wrapper {
    private final String path;

    AtPath(String path, Handler handler) {
      super(handler);
      this.path = path;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      return RequestHeaders.path(request).equals(path) && super.handle(request, response, callback);
    }
  }

  private static final class Nothing extends Handler.Abstract.NonBlocking {
    private final String path;

    Nothing(String path) {
      this.path = path;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      response.setStatus(404);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
      Content.Sink.write(
          response,
          /* last= */ true,
          "Nothing here; WebSocket connections are taken at " + path + "\n",
          callback);
      return true;
    }
  }
}
