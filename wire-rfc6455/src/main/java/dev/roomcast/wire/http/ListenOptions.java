package dev.roomcast.wire.http;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a server of our own listens, and what it serves beside the WebSocket path; each adapter's
 * options extend it. Immutable: whatever changes something makes new options.
 *
 * @param <H> what the adapter's library takes for a handler of ordinary requests
 * @param <O> the adapter's options
 */
public abstract class ListenOptions<H, O extends ListenOptions<H, O>> {

  /** Enough for a storm of reconnecting clients; Linux itself stops at 4096 by default. */
  private static final int DEFAULT_BACKLOG = 4096;

  private final Values<H> values;

  /** All of them, checked. Immutable. */
  protected record Values<H>(
      String host,
      int port,
      int ioThreads,
      int backlog,
      Map<String, H> handlers,
      @Nullable SSLContext tls) {

    public Values {
      require(!host.isBlank(), "host", host, "a name or an address");
      require(port >= 0 && port <= 65535, "port", port, "0 to 65535");
      require(ioThreads >= 1, "ioThreads", ioThreads, "1 or more");
      require(backlog >= 1, "backlog", backlog, "1 or more");
      for (String prefix : handlers.keySet()) {
        require(prefix.startsWith("/"), "prefix", prefix, "a path that starts with '/'");
      }
      handlers = Map.copyOf(handlers);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
      if (!holds) {
        throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
      }
    }
  }

  /** For adapters. */
  protected ListenOptions(Values<H> values) {
    this.values = values;
  }

  /** Loopback only, so that nothing is exposed by accident, with one I/O thread per processor. */
  protected static <H> Values<H> loopback(int port) {
    return new Values<>(
        "127.0.0.1",
        port,
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_BACKLOG,
        Map.of(),
        null);
  }

  /** The adapter's options with these values. */
  protected abstract O with(Values<H> changed);

  /** Pages as a handler of the adapter's library. */
  protected abstract H handler(PageHandler pages);

  /** Name or address to listen on. */
  public final String host() {
    return values.host();
  }

  /** The port to listen on; 0 takes a free one. */
  public final int port() {
    return values.port();
  }

  /** How many threads serve connections. */
  public final int ioThreads() {
    return values.ioThreads();
  }

  /** How many connections may wait to be accepted. */
  public final int backlog() {
    return values.backlog();
  }

  /** Handlers of ordinary requests by path prefix. */
  public final Map<String, H> handlers() {
    return values.handlers();
  }

  /** What makes every connection {@code https} and {@code wss}; null for none. */
  public final @Nullable SSLContext tls() {
    return values.tls();
  }

  /**
   * These options with another host.
   *
   * @param host name or address to listen on; {@code 0.0.0.0} for every interface
   */
  public final O withHost(String host) {
    return with(new Values<>(host, port(), ioThreads(), backlog(), handlers(), tls()));
  }

  /**
   * These options with another port.
   *
   * @param port 0 to 65535; 0 takes a free one
   */
  public final O withPort(int port) {
    return with(new Values<>(host(), port, ioThreads(), backlog(), handlers(), tls()));
  }

  /**
   * These options with another number of threads.
   *
   * @param ioThreads how many serve connections, 1 or more; each is one event loop
   */
  public final O withIoThreads(int ioThreads) {
    return with(new Values<>(host(), port(), ioThreads, backlog(), handlers(), tls()));
  }

  /**
   * These options with another backlog.
   *
   * @param backlog how many connections may wait to be accepted, 1 or more; the system may lower it
   */
  public final O withBacklog(int backlog) {
    return with(new Values<>(host(), port(), ioThreads(), backlog, handlers(), tls()));
  }

  /**
   * These options with TLS: nothing is served in the clear any more.
   *
   * @param tls makes an engine for each connection, with the protocols and the client
   *     authentication that it has by itself; such as {@code dev.roomcast.wire.tls.Tls.context()},
   *     whose certificate may be replaced while the server runs
   */
  public final O withTls(SSLContext tls) {
    return with(new Values<>(host(), port(), ioThreads(), backlog(), handlers(), tls));
  }

  /** These options with a handler for every path that no other takes. */
  public final O withHandler(H handler) {
    return withHandler("/", handler);
  }

  /**
   * These options with a handler for the paths under a prefix: the longest prefix wins, the
   * WebSocket path goes before all, and what matches none is answered 404. It gets requests on a
   * thread of the library's, and may dispatch them to a worker as everywhere in that library.
   *
   * @param prefix starts with {@code /}; a handler that it had before is replaced
   */
  public final O withHandler(String prefix, H handler) {
    Map<String, H> more = new LinkedHashMap<>(handlers());
    more.put(prefix, handler);
    return with(new Values<>(host(), port(), ioThreads(), backlog(), more, tls()));
  }

  /** These options with pages for every path that no other handler takes. */
  public final O withPages(PageHandler pages) {
    return withHandler(handler(pages));
  }
}
