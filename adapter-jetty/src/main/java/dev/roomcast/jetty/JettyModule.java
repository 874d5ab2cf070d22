package dev.roomcast.jetty;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.roomcast.port.transport.Transport;

/**
 * Binds {@link Transport} to one {@link JettyTransport}, which may also be injected by its own
 * type: its handler is what a foreign server mounts.
 */
public final class JettyModule extends AbstractModule {
  private final JettyTransport transport;

  private JettyModule(JettyTransport transport) {
    this.transport = transport;
  }

  /** With a server of its own. */
  public JettyModule(JettyOptions options) {
    this(JettyTransport.on(options));
  }

  /** Inside a server that somebody else starts and stops. */
  public static JettyModule embedded() {
    return new JettyModule(JettyTransport.embedded());
  }

  @Provides
  @Singleton
  JettyTransport jettyTransport() {
    return transport;
  }

  @Provides
  @Singleton
  Transport transport(JettyTransport jetty) {
    return jetty;
  }
}
