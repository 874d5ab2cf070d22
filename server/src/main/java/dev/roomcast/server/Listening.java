package dev.roomcast.server;

import dev.roomcast.jetty.JettyOptions;
import dev.roomcast.jetty.JettyTransport;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import dev.roomcast.wire.http.PageHandler;

/** Makes the transport of a configuration. */
final class Listening {
  private Listening() {}

  /** By the library that was chosen; every option is the same for each. */
  static Transport of(ServeConfig config, PageHandler pages) {
    return switch (config.library()) {
      case UNDERTOW ->
          UndertowTransport.on(
              UndertowOptions.port(config.port())
                  .withHost(config.host())
                  .withIoThreads(config.ioThreads())
                  .withBacklog(config.backlog())
                  .withPages(pages));
      case JETTY ->
          JettyTransport.on(
              JettyOptions.port(config.port())
                  .withHost(config.host())
                  .withIoThreads(config.ioThreads())
                  .withBacklog(config.backlog())
                  .withPages(pages));
    };
  }
}
