package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.RequestHeaders;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Which handler gets a request, by its path. Where none of the handlers blocks, Jetty runs them on
 * the selector's own thread. Thread-safe.
 */
final class Routes extends Handler.Sequence {

  /**
   * The WebSocket's path goes before all.
   *
   * @param others by prefix; the longest wins, and what matches none is answered 404
   */
  Routes(String path, Handler upgrades, Map<String, Handler> others) {
    super(inOrder(path, upgrades, others));
  }

  private static List<Handler> inOrder(String path, Handler upgrades, Map<String, Handler> others) {
    List<Handler> routes = new ArrayList<>();
    routes.add(new Route(path::equals, upgrades));
    others.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Handler> other) -> other.getKey().length())
                .reversed())
        .map(other -> new Route(below(other.getKey()), other.getValue()))
        .forEach(routes::add);
    routes.add(new Nothing(path));
    return routes;
  }

  /** The prefix itself, and what follows it after a slash. */
  private static Predicate<String> below(String prefix) {
    String folder = prefix.endsWith("/") ? prefix : prefix + "/";
    return path -> path.equals(prefix) || path.startsWith(folder);
  }

  private static final class Route extends Handler.Wrapper {
    private final Predicate<String> paths;

    Route(Predicate<String> paths, Handler handler) {
      super(handler);
      this.paths = paths;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      return paths.test(RequestHeaders.path(request)) && super.handle(request, response, callback);
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
