package dev.roomcast.jetty;

import dev.roomcast.wire.http.PageHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/**
 * Where a server of our own listens, and what it serves beside the WebSocket path. Immutable.
 *
 * @param host name or address to listen on; {@code 0.0.0.0} for every interface
 * @param port 0 to 65535; 0 takes a free one
 * @param ioThreads how many threads serve connections, 1 or more; each is one event loop
 * @param backlog how many connections may wait to be accepted, 1 or more; the system may lower it
 * @param handlers for ordinary requests by path prefix; the longest prefix wins, the WebSocket path
 *     goes before all, and what matches none is answered 404
 * @param tls what makes every connection {@code https} and {@code wss}; null for none. An engine is
 *     made of it for each connection, with the protocols and the client authentication that it has
 *     by itself
 */
public record JettyOptions(
    String host,
    int port,
    int ioThreads,
    int backlog,
    Map<String, Handler> handlers,
    @Nullable SSLContext tls) {

  /** Enough for a storm of reconnecting clients; Linux itself stops at 4096 by default. */
  private static final int DEFAULT_BACKLOG = 4096;

  public JettyOptions {
    require(!host.isBlank(), "host", host, "a name or an address");
    require(port >= 0 && port <= 65535, "port", port, "0 to 65535");
    require(ioThreads >= 1, "ioThreads", ioThreads, "1 or more");
    require(backlog >= 1, "backlog", backlog, "1 or more");
    handlers.keySet().forEach(JettyOptions::requirePrefix);
    handlers = Map.copyOf(handlers);
  }

  /**
   * Listens on loopback only, so that nothing is exposed by accident, with one I/O thread per
   * processor.
   *
   * @param port 0 to 65535; 0 takes a free one
   */
  public static JettyOptions port(int port) {
    return new JettyOptions(
        "127.0.0.1",
        port,
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_BACKLOG,
        Map.of(),
        null);
  }

  /** These options with another {@code host}. */
  public JettyOptions withHost(String value) {
    return new JettyOptions(value, port, ioThreads, backlog, handlers, tls);
  }

  /** These options with another {@code port}. */
  public JettyOptions withPort(int value) {
    return new JettyOptions(host, value, ioThreads, backlog, handlers, tls);
  }

  /** These options with another number of {@code ioThreads}. */
  public JettyOptions withIoThreads(int value) {
    return new JettyOptions(host, port, value, backlog, handlers, tls);
  }

  /** These options with another {@code backlog}. */
  public JettyOptions withBacklog(int value) {
    return new JettyOptions(host, port, ioThreads, value, handlers, tls);
  }

  /**
   * These options with TLS: nothing is served in the clear any more.
   *
   * @param value such as {@code dev.roomcast.wire.tls.Tls.context()}, whose certificate may be
   *     replaced while the server runs
   */
  public JettyOptions withTls(SSLContext value) {
    return new JettyOptions(host, port, ioThreads, backlog, handlers, value);
  }

  /** These options with a handler for every path that no other takes. */
  public JettyOptions withHandler(Handler handler) {
    return withHandler("/", handler);
  }

  /**
   * These options with a handler for the paths under a prefix. It gets requests on a thread of
   * Jetty and may dispatch them to a worker, as everywhere in Jetty.
   *
   * @param prefix starts with {@code /}; a handler that it had before is replaced
   */
  public JettyOptions withHandler(String prefix, Handler handler) {
    requirePrefix(prefix);
    Map<String, Handler> more = new LinkedHashMap<>(handlers);
    more.put(prefix, handler);
    return new JettyOptions(host, port, ioThreads, backlog, more, tls);
  }

  /** These options with pages for every path that no other handler takes. */
  public JettyOptions withPages(PageHandler pages) {
    return withHandler(new PagesHandler(pages));
  }

  private static void requirePrefix(String prefix) {
    require(prefix.startsWith("/"), "prefix", prefix, "a path that starts with '/'");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
    }
  }
}
