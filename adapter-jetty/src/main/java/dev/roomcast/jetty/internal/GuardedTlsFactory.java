package dev.roomcast.jetty.internal;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** TLS with engines as their context makes them. */
final class GuardedTlsFactory extends SslConnectionFactory {

  GuardedTlsFactory(SSLContext context, String next) {
    super(new AsItIs(context), next);
    // It would refuse whoever connects by an address instead of a name.
    setEnsureSecureRequestCustomizer(false);
  }

  @Override
  protected SslConnection newSslConnection(
      Connector connector, EndPoint endPoint, SSLEngine engine) {
    return new GuardedTls(
        connector.getByteBufferPool(),
        connector.getExecutor(),
        getSslContextFactory(),
        endPoint,
        engine);
  }

  /** Protocols, ciphers and client authentication are the context's matter. */
  private static final class AsItIs extends SslContextFactory.Server {
    AsItIs(SSLContext context) {
      setSslContext(context);
      // Jetty's default is another from version to version. A handshake that is begun again costs
      // as much as a connection, no limit counts it, and nothing can be written before it is over.
      setRenegotiationAllowed(false);
    }

    @Override
    public void customize(SSLEngine engine) {}
  }
}
