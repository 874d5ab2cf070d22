package dev.roomcast.jetty.internal;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.simulation.pipe.PipeListening;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.LoopGroup;
import dev.roomcast.wire.PipeListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Jetty that makes pipes of its connections as after an upgrade, without any HTTP: in the clear
 * of each at once, with TLS when its first byte came.
 */
final class PipeServer implements PipeListening {
  private static final Acceptor NOBODY =
      new Acceptor() {
        @Override
        public Verdict admit(Handshake request) {
          throw new AssertionError("there is no HTTP here");
        }

        @Override
        public ConnectionListener opened(Connection connection, Handshake handshake) {
          throw new AssertionError("there is no HTTP here");
        }
      };

  private final Server jetty;
  private final LoopGroup loops;
  private final ServerConnector connector;

  private PipeServer(Server jetty, LoopGroup loops, ServerConnector connector) throws Exception {
    this.jetty = jetty;
    this.loops = loops;
    this.connector = connector;
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    // A buffer that the kernel does not enlarge is full for good.
    connector.setAcceptedSendBufferSize(64 * 1024);
    jetty.addConnector(connector);
    jetty.start();
  }

  /** With one loop, on a connector of our own: {@link SocketPipe}. */
  static PipeServer own(Function<BytePipe, PipeListener> opener, @Nullable SSLContext tls)
      throws Exception {
    Server jetty = new Server();
    LoopGroup loops = new LoopGroup();
    TransportContext context =
        new TransportContext(
            TransportSettings.defaults(), NOBODY, Observer.none(), TimeSource.system());
    Pipes pipes =
        new Pipes(
            tls != null ? FirstByte::new : Registered::new,
            (endPoint, executor) -> {
              LoopEndPoint socket = LoopEndPoint.below(endPoint);
              socket.guard().upgraded();
              return new UpgradedConnection(
                  endPoint, socket, executor, pipe -> Optional.of(opener.apply(pipe)));
            });
    return new PipeServer(
        jetty, loops, new LoopConnector(jetty, /* ioThreads= */ 1, loops, context, pipes, tls));
  }

  /** With one loop, on a connector that is not ours: {@link EndPointPipe}. */
  static PipeServer foreign(Function<BytePipe, PipeListener> opener, @Nullable SSLContext tls)
      throws Exception {
    Server jetty = new Server();
    LoopGroup loops = new LoopGroup();
    LoopThreads threads = new LoopThreads("pipes", loops, /* count= */ 1);
    threads.start();
    Pipes pipes =
        new Pipes(
            tls != null
                ? FirstByte::new
                : (connector, endPoint, executor, upgraded) -> upgraded.apply(endPoint, executor),
            (endPoint, executor) ->
                new EmbeddedConnection(
                    endPoint, threads.next(), executor, pipe -> Optional.of(opener.apply(pipe))));
    return new PipeServer(jetty, loops, new ServerConnector(jetty, protocols(pipes, tls)));
  }

  private static ConnectionFactory[] protocols(Pipes pipes, @Nullable SSLContext tls) {
    if (tls == null) {
      return new ConnectionFactory[] {pipes};
    }
    SslContextFactory.Server secure = new SslContextFactory.Server();
    secure.setSslContext(tls);
    // Whatever a foreign server may allow.
    secure.setRenegotiationAllowed(true);
    return new ConnectionFactory[] {new SslConnectionFactory(secure, pipes.getProtocol()), pipes};
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
  }

  @Override
  public void close() {
    loops.close();
    try {
      jetty.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("Jetty did not stop", failed);
    }
  }

  /** Makes a pipe's connection. */
  private interface Upgraded extends BiFunction<EndPoint, Executor, AbstractConnection> {}

  /** What comes before that. */
  private interface Before {
    AbstractConnection open(
        Connector connector, EndPoint endPoint, Executor executor, Upgraded upgraded);
  }

  /** What Jetty speaks here instead of HTTP. */
  private static final class Pipes extends AbstractConnectionFactory {
    private final Before before;
    private final Upgraded upgraded;

    Pipes(Before before, Upgraded upgraded) {
      super("pipe");
      this.before = before;
      this.upgraded = upgraded;
    }

    @Override
    public AbstractConnection newConnection(Connector connector, EndPoint endPoint) {
      return configure(
          before.open(connector, endPoint, connector.getExecutor(), upgraded), connector, endPoint);
    }
  }

  /**
   * Waits until the only selector knows the end point, as it does where a request was read. Before
   * that it closes a socket that something has come for.
   */
  private static final class Registered extends AbstractConnection {
    private final ServerConnector connector;
    private final Upgraded upgraded;

    Registered(Connector connector, EndPoint endPoint, Executor executor, Upgraded upgraded) {
      super(endPoint, executor);
      this.connector = (ServerConnector) connector;
      this.upgraded = upgraded;
    }

    @Override
    public void onOpen() {
      super.onOpen();
      connector
          .getSelectorManager()
          .getBean(ManagedSelector.class)
          .submit(selector -> getEndPoint().upgrade(upgraded.apply(getEndPoint(), getExecutor())));
    }

    @Override
    public void onFillable() {}
  }

  /** Reads one byte, and the handshake of TLS before it. */
  private static final class FirstByte extends AbstractConnection {
    private final Upgraded upgraded;

    FirstByte(Connector connector, EndPoint endPoint, Executor executor, Upgraded upgraded) {
      super(endPoint, executor);
      this.upgraded = upgraded;
    }

    @Override
    public void onOpen() {
      super.onOpen();
      fillInterested();
    }

    @Override
    public void onFillable() {
      ByteBuffer first = BufferUtil.allocate(1);
      try {
        int filled = getEndPoint().fill(first);
        if (filled > 0) {
          getEndPoint().upgrade(upgraded.apply(getEndPoint(), getExecutor()));
        } else if (filled == 0) {
          fillInterested();
        } else {
          close();
        }
      } catch (IOException broken) {
        close();
      }
    }
  }
}
