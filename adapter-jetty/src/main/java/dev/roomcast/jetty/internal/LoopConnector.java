package dev.roomcast.jetty.internal;

import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.wire.LoopGroup;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A connector of Jetty whose selectors are our loops. */
public final class LoopConnector extends ServerConnector {
  private final LoopGroup loops;
  private final TransportContext context;
  private final boolean secure;

  /**
   * One that accepts on a thread of its own.
   *
   * @param ioThreads how many selectors, each a loop
   * @param loops each of them is added to
   * @param http what reads requests
   * @param tls what is below it; null for nothing
   */
  public LoopConnector(
      Server server,
      int ioThreads,
      LoopGroup loops,
      TransportContext context,
      ConnectionFactory http,
      @Nullable SSLContext tls) {
    super(
        server,
        /* acceptors= */ 1,
        ioThreads,
        tls == null
            ? new ConnectionFactory[] {http}
            : new ConnectionFactory[] {new GuardedTlsFactory(tls, http.getProtocol()), http});
    this.loops = loops;
    this.context = context;
    secure = tls != null;
    // How long a peer may take is the guard's matter, then the wire's.
    setIdleTimeout(0);
  }

  @Override
  protected SelectorManager newSelectorManager(
      Executor executor, Scheduler scheduler, int selectors) {
    return new ServerConnectorManager(executor, scheduler, selectors) {
      @Override
      protected ManagedSelector newSelector(int id) {
        String name = LoopConnector.this.getName() + " loop-" + id;
        return new LoopSelector(this, id, loops.add(new JettyLoop(name)));
      }
    };
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    return new LoopEndPoint(channel, (LoopSelector) selector, key, getScheduler(), context, secure);
  }

  /** Where it listens. */
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(getHost(), getLocalPort());
  }
}
