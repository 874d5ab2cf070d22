package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.GuardedRequests;
import dev.roomcast.jetty.internal.LoopConnector;
import dev.roomcast.jetty.internal.PlainErrors;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportException;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.wire.LoopGroup;
import dev.roomcast.wire.PipeTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty's HTTP on a listening socket and threads of our own. Guarded by its transport, which starts
 * and closes it once.
 */
final class OwnServer implements PipeTransport.Host {
  private static final Logger LOG = LoggerFactory.getLogger(OwnServer.class);

  private final JettyOptions options;
  private final String name;
  private final LoopGroup loops;
  private final Handler upgrades;
  private @Nullable Server server;

  /**
   * A server that does not listen yet.
   *
   * @param name of its threads
   * @param loops gets the loops of its selectors
   * @param upgrades gets the requests for the WebSocket path
   */
  OwnServer(JettyOptions options, String name, LoopGroup loops, Handler upgrades) {
    this.options = options;
    this.name = name;
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
    Server jetty =
        new Server(threads(), new ScheduledExecutorScheduler(name + " timer", true), null);
    LoopConnector socket =
        new LoopConnector(
            jetty, options.ioThreads(), loops, context, http(context.settings()), options.tls());
    socket.setName(name);
    socket.setHost(options.host());
    socket.setPort(options.port());
    socket.setAcceptQueueSize(options.backlog());
    jetty.addConnector(socket);
    jetty.setErrorHandler(new PlainErrors());
    jetty.setDefaultHandler(null);
    jetty.setHandler(
        new GuardedRequests(new Routes(context.settings().path(), upgrades, options.handlers())));
    try {
      server = jetty;
      jetty.start();
    } catch (Exception failed) {
      close();
      throw new TransportException(
          "cannot listen on %s:%d: %s".formatted(options.host(), options.port(), reason(failed)),
          failed);
    }
    return address(socket, context.settings());
  }

  private QueuedThreadPool threads() {
    // One for each loop and one to accept; the others run handlers of ordinary requests that block.
    int needed = options.ioThreads() + 1;
    QueuedThreadPool threads = new QueuedThreadPool(needed + 8 * options.ioThreads(), needed);
    threads.setName(name);
    // A loop keeps its thread, and hands what blocks to another.
    threads.setReservedThreads(0);
    return threads;
  }

  private static HttpConnectionFactory http(TransportSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    // The guard's limit comes first, except for a head that was read ahead in part.
    http.setRequestHeaderSize(settings.maxHandshakeBytes() + http.getInputBufferSize());
    http.setSendServerVersion(false);
    return new HttpConnectionFactory(http);
  }

  private static String reason(Exception failed) {
    Throwable cause =
        failed instanceof IOException && failed.getCause() != null ? failed.getCause() : failed;
    return String.valueOf(cause.getMessage());
  }

  private URI address(LoopConnector socket, TransportSettings settings) {
    // The wildcard is no address to connect to; loopback is one of those that it stands for.
    InetAddress ip = socket.localAddress().getAddress();
    String host = ip.isAnyLocalAddress() ? "127.0.0.1" : options.host();
    try {
      String scheme = options.tls() == null ? "ws" : "wss";
      return new URI(scheme, null, host, socket.getLocalPort(), settings.path(), null, null);
    } catch (URISyntaxException e) {
      throw new TransportException("no URI for host '" + host + "'", e);
    }
  }

  @Override
  public void close() {
    Server jetty = server;
    if (jetty == null) {
      return;
    }
    server = null;
    try {
      jetty.stop();
    } catch (Exception e) {
      LOG.warn("Jetty did not stop in order", e);
    } finally {
      jetty.destroy();
    }
  }
}
