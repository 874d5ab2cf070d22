package dev.roomcast.undertow;

import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportException;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.undertow.internal.GuardedSource;
import dev.roomcast.undertow.internal.XnioLoops;
import dev.roomcast.wire.PipeTransport;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.util.Headers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListeners;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Undertow's HTTP on a listening socket and threads of our own. Put together from Undertow's parts
 * and not by its builder, which has no hook between the accept and the parser.
 *
 * <p>Guarded by its transport, which starts and closes it once.
 */
final class OwnHost implements PipeTransport.Host {
  private static final Logger LOG = LoggerFactory.getLogger(OwnHost.class);

  /** Undertow's own choice: a whole head of the usual limit fits one buffer. */
  private static final int BUFFER_BYTES = 16 * 1024;

  /** How long a handler that blocks a worker thread may hold up {@link #close}. */
  private static final long WORKERS_END_SECONDS = 10;

  /** XNIO registers each worker's metrics by its name. */
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final UndertowOptions options;
  private final XnioLoops loops;
  private final HttpHandler upgrades;
  private @Nullable XnioWorker worker;

  /**
   * A server that does not listen yet.
   *
   * @param loops where the threads of connections are known
   * @param upgrades gets the requests for the WebSocket path
   */
  OwnHost(UndertowOptions options, XnioLoops loops, HttpHandler upgrades) {
    this.options = options;
    this.loops = loops;
    this.upgrades = upgrades;
  }

  @Override
  public URI start(TransportContext context) {
    InetSocketAddress address = new InetSocketAddress(options.host(), options.port());
    if (address.isUnresolved()) {
      throw new TransportException(
          "cannot listen on host '" + options.host() + "': the name does not resolve", null);
    }
    try {
      XnioWorker threads = startThreads();
      worker = threads;
      Layer layer = Layer.of(options.tls(), threads, context.settings());
      HttpOpenListener http = http(context.settings());
      AcceptingChannel<StreamConnection> socket =
          threads.createStreamConnectionServer(
              address,
              ChannelListeners.openListenerAdapter(
                  accepted -> {
                    StreamConnection connection = layer.over(accepted);
                    GuardedSource.install(
                        accepted, connection, loops.of(accepted.getIoThread()), context);
                    http.handleEvent(connection);
                  }),
              OptionMap.builder()
                  .set(Options.TCP_NODELAY, true)
                  .set(Options.REUSE_ADDRESSES, true)
                  .set(Options.BACKLOG, options.backlog())
                  .getMap());
      socket.resumeAccepts();
      return address(socket, context.settings());
    } catch (IOException failed) {
      close();
      throw new TransportException(
          "cannot listen on %s:%d: %s"
              .formatted(options.host(), options.port(), failed.getMessage()),
          failed);
    }
  }

  private XnioWorker startThreads() throws IOException {
    return Xnio.getInstance(OwnHost.class.getClassLoader())
        .createWorker(
            OptionMap.builder()
                .set(Options.WORKER_NAME, "roomcast-" + STARTED.incrementAndGet())
                .set(Options.WORKER_IO_THREADS, options.ioThreads())
                // Only handlers of ordinary requests that dispatch use these.
                .set(Options.WORKER_TASK_CORE_THREADS, 1)
                .set(Options.WORKER_TASK_MAX_THREADS, 8 * options.ioThreads())
                .getMap());
  }

  private HttpOpenListener http(TransportSettings settings) {
    HttpHandler pages = pages(settings);
    HttpOpenListener http =
        new HttpOpenListener(
            new DefaultByteBufferPool(/* direct= */ false, BUFFER_BYTES, -1, 4),
            OptionMap.create(
                // The guard's limit comes first, except for a head that was read ahead in part.
                io.undertow.UndertowOptions.MAX_HEADER_SIZE,
                settings.maxHandshakeBytes() + BUFFER_BYTES));
    http.setRootHandler(
        exchange -> {
          GuardedSource.requestBegins(exchange);
          boolean toUpgrade = exchange.getRequestPath().equals(settings.path());
          (toUpgrade ? upgrades : pages).handleRequest(exchange);
        });
    return http;
  }

  private HttpHandler pages(TransportSettings settings) {
    PathHandler pages =
        new PathHandler(
            exchange -> {
              exchange.setStatusCode(404);
              exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
              exchange
                  .getResponseSender()
                  .send(
                      "Nothing here; WebSocket connections are taken at " + settings.path() + "\n");
            });
    options.handlers().forEach(pages::addPrefixPath);
    return pages;
  }

  private URI address(AcceptingChannel<StreamConnection> socket, TransportSettings settings) {
    InetSocketAddress bound = socket.getLocalAddress(InetSocketAddress.class);
    // The wildcard is no address to connect to; loopback is one of those that it stands for.
    InetAddress ip = bound.getAddress();
    String host = ip.isAnyLocalAddress() ? "127.0.0.1" : options.host();
    try {
      return new URI(
          options.tls() == null ? "ws" : "wss",
          null,
          host,
          bound.getPort(),
          settings.path(),
          null,
          null);
    } catch (URISyntaxException e) {
      throw new TransportException("no URI for host '" + host + "'", e);
    }
  }

  @Override
  public void close() {
    XnioWorker threads = worker;
    if (threads == null) {
      return;
    }
    worker = null;
    // Ends the listening socket too.
    threads.shutdownNow();
    boolean interrupted = false;
    long left = WORKERS_END_SECONDS;
    while (left > 0) {
      try {
        if (!threads.awaitTermination(left, TimeUnit.SECONDS)) {
          LOG.warn("A handler of ordinary requests still runs {} s after the close", left);
        }
        left = 0;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
