package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.LoopThreads;
import dev.roomcast.jetty.internal.UpgradeHandler;
import dev.roomcast.wire.LoopGroup;
import dev.roomcast.wire.PipeTransport;
import dev.roomcast.wire.UpgradeGate;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;

/**
 * WebSocket connections over Jetty: as a server of its own, or as a handler in one that runs
 * already. Jetty reads the upgrade request; from then on the bytes belong to the wire. Thread-safe.
 */
public final class JettyTransport extends PipeTransport {
  /** Threads bear the number, so that two transports can be told apart. */
  private static final AtomicInteger MADE = new AtomicInteger();

  private final UpgradeHandler upgrades;

  private JettyTransport(Host host, UpgradeGate gate, LoopGroup loops, UpgradeHandler upgrades) {
    super(host, gate, loops);
    this.upgrades = upgrades;
  }

  /**
   * A server of its own, with its own listening socket and threads; every selector is one event
   * loop.
   *
   * <p>A request has to be there whole within {@code handshakeTimeout} of the accept, or of the
   * answer before it, and its head within {@code maxHandshakeBytes}: ordinary requests too. A peer
   * that takes no byte of an answer that waits for it for {@code handshakeTimeout} is disconnected;
   * a handler may take its time.
   */
  public static JettyTransport on(JettyOptions options) {
    UpgradeGate gate = new UpgradeGate();
    LoopGroup loops = new LoopGroup();
    UpgradeHandler upgrades = UpgradeHandler.own(gate);
    return new JettyTransport(
        new OwnServer(options, name(), loops, upgrades), gate, loops, upgrades);
  }

  /**
   * Inside a Jetty server that somebody else starts and stops: {@link #handler} is to be mounted
   * there. It takes upgrades of HTTP/1.1 and, where the server has HTTP/2, WebSockets on its
   * streams (RFC 8441).
   *
   * <p>Where it is mounted decides which paths it takes: {@code settings.path} is not compared and
   * only stands in the address, a URI without scheme and host, since neither is known here. Limits
   * and time-outs of HTTP are those of that server, and end with the upgrade. The loops are threads
   * of our own, one per processor; {@link #close} ends them and leaves the server's threads and
   * sockets alone, except the WebSocket connections.
   */
  public static JettyTransport embedded() {
    UpgradeGate gate = new UpgradeGate();
    LoopGroup loops = new LoopGroup();
    LoopThreads threads =
        new LoopThreads(name(), loops, Runtime.getRuntime().availableProcessors());
    return new JettyTransport(
        new ForeignServer(threads), gate, loops, UpgradeHandler.embedded(gate, threads));
  }

  private static String name() {
    return "roomcast-jetty-" + MADE.incrementAndGet();
  }

  /**
   * Takes upgrade requests, on any thread of Jetty's, and never blocks it; answers 503 before
   * {@link #start} and after {@link #stopAccepting}. A server of its own mounts it by itself.
   */
  public Handler handler() {
    return upgrades;
  }
}
