package dev.roomcast.jetty;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.roomcast.port.transport.Transport;

/** Binds {@link Transport} to one {@link JettyTransport}, which may also be injected by its own type. */
public final class JettyModule extends AbstractModule {
  private final JettyTransport transport;

  /** With a server of its own. */
  public JettyModule(JettyOptions options) {
    transport = JettyTransport.on(options);
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
