package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.SelectorLoops;
import dev.roomcast.jetty.internal.UpgradeHandler;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.wire.WebSocketWire;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket connections over a Jetty of our own. Jetty reads the upgrade request; from then on the
 * bytes belong to the wire. Every selector is one event loop. Thread-safe.
 */
public final class JettyTransport implements Transport {
  /** Threads bear the number, so that two transports can be told apart. */
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final OwnServer host;
  private final UpgradeHandler upgrades = new UpgradeHandler();
  private final SelectorLoops loops;
  private final Object lifeCycle = new Object();

  /** Written once, with the life cycle's lock held. */
  private volatile @Nullable WebSocketWire wire;

  private JettyTransport(JettyOptions options) {
    String name = "roomcast-jetty-" + STARTED.incrementAndGet();
    loops = new SelectorLoops(name);
    host = new OwnServer(options, name);
  }

  /**
   * A server of its own, with its own listening socket and threads.
   *
   * <p>A request has to be there whole within {@code handshakeTimeout} of the accept, or of the
   * answer before it, and its head within {@code maxHandshakeBytes}: ordinary requests too. A peer
   * that takes no byte of an answer that waits for it for {@code handshakeTimeout} is disconnected;
   * a handler may take its time.
   */
  public static JettyTransport on(JettyOptions options) {
    return new JettyTransport(options);
  }

  @Override
  public TransportAddress start(TransportContext context) {
    synchronized (lifeCycle) {
      if (wire != null) {
        throw new IllegalStateException("started before");
      }
      WebSocketWire fresh = new WebSocketWire(context);
      wire = fresh;
      upgrades.upgradeTo(fresh);
      return new TransportAddress(host.start(context, loops, upgrades));
    }
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    WebSocketWire to = wire;
    if (to == null) {
      throw new IllegalStateException("not started");
    }
    return to.prepare(utf8, compressible);
  }

  @Override
  public void stopAccepting() {
    WebSocketWire to = wire;
    if (to != null) {
      upgrades.stopUpgrades();
      // What was answered 101 before is opened, rather than dropped.
      loops.settle();
      to.stopAccepting();
      // One that was being opened meanwhile is open when this returns.
      loops.settle();
    }
  }

  @Override
  public void close() {
    synchronized (lifeCycle) {
      WebSocketWire to = wire;
      if (to != null) {
        stopAccepting();
        to.close();
        loops.close();
      }
      host.close();
    }
  }
}
