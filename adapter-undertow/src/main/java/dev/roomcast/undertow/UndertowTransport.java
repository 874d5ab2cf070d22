package dev.roomcast.undertow;

import dev.roomcast.undertow.internal.UpgradeHandler;
import dev.roomcast.undertow.internal.XnioLoops;
import dev.roomcast.wire.LoopGroup;
import dev.roomcast.wire.PipeTransport;
import dev.roomcast.wire.UpgradeGate;
import io.undertow.server.HttpHandler;
import java.util.function.BiFunction;

/**
 * WebSocket connections over Undertow: as a server of its own, or as a handler in one that runs
 * already. Undertow reads the upgrade request; from then on the bytes belong to the wire. Every I/O
 * thread is one event loop. Thread-safe.
 */
public final class UndertowTransport extends PipeTransport {
  private final UpgradeHandler upgrades;

  private UndertowTransport(Host host, UpgradeGate gate, LoopGroup loops, UpgradeHandler upgrades) {
    super(host, gate, loops);
    this.upgrades = upgrades;
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
    return with((loops, upgrades) -> new OwnHost(options, loops, upgrades));
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
    return with((loops, upgrades) -> Host.foreign());
  }

  private static UndertowTransport with(BiFunction<XnioLoops, UpgradeHandler, Host> host) {
    UpgradeGate gate = new UpgradeGate();
    LoopGroup group = new LoopGroup();
    XnioLoops loops = new XnioLoops(group);
    UpgradeHandler upgrades = new UpgradeHandler(gate, loops);
    return new UndertowTransport(host.apply(loops, upgrades), gate, group, upgrades);
  }

  /**
   * Takes upgrade requests, on any thread of Undertow's; answers 503 before {@link #start} and
   * after {@link #stopAccepting}. A server of its own mounts it by itself.
   */
  public HttpHandler handler() {
    return upgrades;
  }
}
