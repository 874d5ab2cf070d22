package dev.roomcast.undertow;

import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.undertow.internal.UpgradeHandler;
import dev.roomcast.undertow.internal.XnioLoops;
import dev.roomcast.wire.WebSocketWire;
import io.undertow.server.HttpHandler;
import org.jspecify.annotations.Nullable;

/**
 * WebSocket connections over Undertow: as a server of its own, or as a handler in one that runs
 * already. Undertow reads the upgrade request; from then on the bytes belong to the wire. Every I/O
 * thread is one event loop. Thread-safe.
 */
public final class UndertowTransport implements BinaryTransport {
  private final Host host;
  private final UpgradeHandler upgrades = new UpgradeHandler();
  private final Object lifeCycle = new Object();

  /** What {@link #start} has made. */
  private record Running(WebSocketWire wire, XnioLoops loops) {}

  /** Written once, with the life cycle's lock held. */
  private volatile @Nullable Running running;

  private UndertowTransport(Host host) {
    this.host = host;
  }

  /**
   * A server of its own, with its own listening socket and threads.
   *
   * <p>A request has to be there whole within {@code handshakeTimeout} of the accept, or of the
   * answer before it, and its head within {@code maxHandshakeBytes}: ordinary requests too. A peer
   * that takes no byte of an answer that waits for it for {@code handshakeTimeout} is disconnected;
   * a handler may take its time.
   */
  public static UndertowTransport on(UndertowOptions options) {
    return new UndertowTransport(new OwnHost(options));
  }

  /**
   * Inside an Undertow server that somebody else starts and stops: {@link #handler} is to be
   * mounted there.
   *
   * <p>Where it is mounted decides which paths it takes: {@code settings.path} is not compared and
   * only stands in the address, a URI without scheme and host, since neither is known here. Limits
   * and time-outs of HTTP are those of that server, and end with the upgrade, except {@code
   * UndertowOptions.IDLE_TIMEOUT} where the server has it <em>and</em> a socket's {@code
   * READ_TIMEOUT} or {@code WRITE_TIMEOUT}: keep it above {@code settings.idleTimeout} then. {@link
   * #close} leaves the server's threads and sockets alone, except the WebSocket connections.
   */
  public static UndertowTransport embedded() {
    return new UndertowTransport(Host.foreign());
  }

  /**
   * Takes upgrade requests, on any thread of Undertow's; answers 503 before {@link #start} and
   * after {@link #stopAccepting}. A server of its own mounts it by itself.
   */
  public HttpHandler handler() {
    return upgrades;
  }

  @Override
  public TransportAddress start(TransportContext context) {
    synchronized (lifeCycle) {
      if (running != null) {
        throw new IllegalStateException("started before");
      }
      WebSocketWire wire = new WebSocketWire(context);
      XnioLoops loops = new XnioLoops();
      running = new Running(wire, loops);
      upgrades.upgradeTo(wire, loops);
      return new TransportAddress(host.start(context, loops, upgrades));
    }
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return wire().prepare(utf8, compressible);
  }

  @Override
  public PreparedMessage prepareBinary(byte[] payload, boolean compressible) {
    return wire().prepareBinary(payload, compressible);
  }

  private WebSocketWire wire() {
    Running to = running;
    if (to == null) {
      throw new IllegalStateException("not started");
    }
    return to.wire();
  }

  @Override
  public void stopAccepting() {
    Running to = running;
    if (to != null) {
      upgrades.stop();
      // What was answered 101 before is opened, rather than dropped.
      to.loops().settle();
      to.wire().stopAccepting();
      // One that was being opened meanwhile is open when this returns.
      to.loops().settle();
    }
  }

  @Override
  public void close() {
    synchronized (lifeCycle) {
      Running to = running;
      if (to != null) {
        stopAccepting();
        to.wire().close();
        to.loops().close();
      }
      host.close();
    }
  }
}
