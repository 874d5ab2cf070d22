package dev.roomcast.jetty;

import dev.roomcast.jetty.internal.UpgradeHandler;
import dev.roomcast.wire.LoopGroup;
import dev.roomcast.wire.PipeTransport;
import dev.roomcast.wire.UpgradeGate;

/**
 * WebSocket connections over a Jetty of our own. Jetty reads the upgrade request; from then on the
 * bytes belong to the wire. Every selector is one event loop. Thread-safe.
 */
public final class JettyTransport extends PipeTransport {

  private JettyTransport(JettyOptions options, UpgradeGate gate, LoopGroup loops) {
    super(new OwnServer(options, loops, new UpgradeHandler(gate)), gate, loops);
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
    return new JettyTransport(options, new UpgradeGate(), new LoopGroup());
  }
}
