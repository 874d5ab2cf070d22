package dev.roomcast.undertow;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.roomcast.port.transport.Transport;

/**
 * Binds {@link Transport} to one {@link UndertowTransport}, which may also be injected by its own
 * type: its handler is what a foreign server mounts.
 */
public final class UndertowModule extends AbstractModule {
  private final UndertowTransport transport;

  private UndertowModule(UndertowTransport transport) {
    this.transport = transport;
  }

  /** With a server of its own. */
  public UndertowModule(UndertowOptions options) {
    this(UndertowTransport.on(options));
  }

  /** Inside a server that somebody else starts and stops. */
  public static UndertowModule embedded() {
    return new UndertowModule(UndertowTransport.embedded());
  }

  @Provides
  @Singleton
  UndertowTransport undertowTransport() {
    return transport;
  }

  @Provides
  @Singleton
  Transport transport(UndertowTransport transport) {
    return transport;
  }
}
