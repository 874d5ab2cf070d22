package dev.roomcast.jetty;

import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.simulation.tls.Security;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The embedded transport in a Jetty as somebody else would have it, for suites that take one
 * transport and its address. The server takes the settings' path, and its limits of HTTP.
 */
final class ForeignJetty implements BinaryTransport {
  private final JettyTransport transport = JettyTransport.embedded();
  private final Server server = new Server();
  private final Security security;

  /** In the clear. */
  ForeignJetty() {
    this(Security.CLEAR);
  }

  ForeignJetty(Security security) {
    this.security = security;
  }

  @Override
  public TransportAddress start(TransportContext context) {
    String path = transport.start(context).uri().getPath();
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(context.settings().maxHandshakeBytes());
    ServerConnector connector = new ServerConnector(server, protocols(http, security));
    connector.setHost("127.0.0.1");
    connector.setIdleTimeout(context.settings().handshakeTimeout().toMillis());
    connector.addEventListener(new Hurry(context.settings().handshakeTimeout(), connector));
    server.addConnector(connector);
    PathMappingsHandler paths = new PathMappingsHandler();
    paths.addMapping(new ServletPathSpec(path), transport.handler());
    server.setHandler(new Handler.Sequence(paths));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the foreign server did not start", e);
    }
    String scheme = security.server().isEmpty() ? "ws" : "wss";
    return new TransportAddress(
        URI.create(scheme + "://127.0.0.1:" + connector.getLocalPort() + path));
  }

  /** What a connector speaks, as Jetty's manual puts it together; with TLS also HTTP/2 by ALPN. */
  static ConnectionFactory[] protocols(HttpConfiguration http, Security security) {
    HttpConnectionFactory http1 = new HttpConnectionFactory(http);
    if (security.server().isEmpty()) {
      return new ConnectionFactory[] {http1, new HTTP2CServerConnectionFactory(http)};
    }
    // Clients of these tests connect to an address, which is no name to choose a certificate by.
    http.addCustomizer(new SecureRequestCustomizer(/* sniHostCheck= */ false));
    SslContextFactory.Server secure = new SslContextFactory.Server();
    secure.setSslContext(security.server().get());
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(secure, alpn.getProtocol()),
      alpn,
      new HTTP2ServerConnectionFactory(http),
      http1
    };
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return transport.prepare(utf8, compressible);
  }

  @Override
  public PreparedMessage prepareBinary(byte[] payload, boolean compressible) {
    return transport.prepareBinary(payload, compressible);
  }

  @Override
  public void stopAccepting() {
    transport.stopAccepting();
  }

  @Override
  public void close() {
    transport.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the foreign server did not stop", e);
    }
  }

  /**
   * Jetty itself has a time-out from byte to byte alone: who wants one for the whole head adds it.
   */
  private record Hurry(Duration patience, ServerConnector connector)
      implements Connection.Listener {

    @Override
    public void onOpened(Connection opened) {
      if (opened.equals(opened.getEndPoint().getConnection())
          && opened.getClass().getSimpleName().equals("HttpConnection")) {
        connector
            .getScheduler()
            .schedule(
                () -> {
                  if (opened.getMessagesIn() == 0) {
                    opened.getEndPoint().close();
                  }
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
      }
    }
  }
}
