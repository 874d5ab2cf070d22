package dev.roomcast.server;

import dev.roomcast.jetty.JettyOptions;
import dev.roomcast.jetty.JettyTransport;
import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import dev.roomcast.wire.http.PageHandler;

/**
 * The transports of a configuration, by the library that was chosen; every option means the same
 * for each.
 *
 * @param clients where clients connect
 * @param beside one at the path of the echo, on the same port; nothing where none is configured
 */
record Listening(Transport clients, BinaryTransport beside) {

  /** Transports that have not been started. */
  static Listening of(ServeConfig config, PageHandler pages) {
    return switch (config.library()) {
      case UNDERTOW -> undertow(config, pages);
      case JETTY -> jetty(config, pages);
    };
  }

  private static Listening undertow(ServeConfig config, PageHandler pages) {
    UndertowOptions plain =
        UndertowOptions.port(config.port())
            .withHost(config.host())
            .withIoThreads(config.ioThreads())
            .withBacklog(config.backlog())
            .withPages(pages);
    UndertowOptions options =
        config.tls().map(tls -> plain.withTls(tls.tls().context())).orElse(plain);
    UndertowTransport beside = UndertowTransport.embedded();
    UndertowOptions all =
        config.echo().map(path -> options.withHandler(path, beside.handler())).orElse(options);
    return new Listening(UndertowTransport.on(all), beside);
  }

  private static Listening jetty(ServeConfig config, PageHandler pages) {
    JettyOptions plain =
        JettyOptions.port(config.port())
            .withHost(config.host())
            .withIoThreads(config.ioThreads())
            .withBacklog(config.backlog())
            .withPages(pages);
    JettyOptions options =
        config.tls().map(tls -> plain.withTls(tls.tls().context())).orElse(plain);
    JettyTransport beside = JettyTransport.embedded();
    JettyOptions all =
        config.echo().map(path -> options.withHandler(path, beside.handler())).orElse(options);
    return new Listening(JettyTransport.on(all), beside);
  }
}
