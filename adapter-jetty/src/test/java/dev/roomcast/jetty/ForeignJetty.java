package dev.roomcast.jetty;

import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;

/**
 * The embedded transport in a Jetty as somebody else would have it, for suites that take one
 * transport and its address. The server takes the settings' path, and its limits of HTTP.
 */
final class ForeignJetty implements BinaryTransport {
  private final JettyTransport transport = JettyTransport.embedded();
  private final Server server = new Server();

  @Override
  public TransportAddress start(TransportContext context) {
    String path = transport.start(context).uri().getPath();
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(context.settings().maxHandshakeBytes());
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
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
    return new TransportAddress(URI.create("ws://127.0.0.1:" + connector.getLocalPort() + path));
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
