package dev.roomcast.jetty.internal;

import dev.roomcast.port.transport.TransportContext;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connector of Jetty whose selectors are our loops. */
public final class LoopConnector extends ServerConnector {
  private final SelectorLoops loops;
  private final TransportContext context;

  /**
   * One that accepts on a thread of its own.
   *
   * @param ioThreads how many selectors, each a loop
   * @param factories what reads the bytes of a connection before its upgrade
   */
  public LoopConnector(
      Server server,
      int ioThreads,
      SelectorLoops loops,
      TransportContext context,
      ConnectionFactory... factories) {
    super(server, /* acceptors= */ 1, ioThreads, factories);
    this.loops = loops;
    this.context = context;
    // How long a peer may take is the guard's matter, then the wire's.
    setIdleTimeout(0);
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new ServerConnectorManager(executor, scheduler, selectors) {
      @Override
      protected ManagedSelector newSelector(int id) {
        return new LoopSelector(this, id, loops.add());
      }
    };
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    return new LoopEndPoint(channel, (LoopSelector) selector, key, getScheduler(), context);
  }

  /** Where it listens. */
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(getHost(), getLocalPort());
  }
}
