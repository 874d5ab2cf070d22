package dev.roomcast.server;

import dev.roomcast.jetty.JettyOptions;
import dev.roomcast.jetty.JettyTransport;
import dev.roomcast.port.transport.BinaryTransport;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.server.echo.EchoingTransport;
import dev.roomcast.undertow.UndertowOptions;
import dev.roomcast.undertow.UndertowTransport;
import dev.roomcast.wire.http.ListenOptions;
import dev.roomcast.wire.http.PageHandler;

/**
 * The transport of a configuration, by the library that was chosen; every option means the same for
 * each.
 */
final class Listening {
  private Listening() {}

  /** A transport that has not been started, with the echo beside it where one is configured. */
  static Transport of(ServeConfig config, PageHandler pages) {
    return switch (config.library()) {
      case UNDERTOW -> undertow(config, pages);
      case JETTY -> jetty(config, pages);
    };
  }

  private static Transport undertow(ServeConfig config, PageHandler pages) {
    UndertowTransport beside = UndertowTransport.embedded();
    UndertowOptions options =
        options(UndertowOptions.port(config.port()), config, pages, beside.handler());
    return withEcho(UndertowTransport.on(options), beside, config);
  }

  private static Transport jetty(ServeConfig config, PageHandler pages) {
    JettyTransport beside = JettyTransport.embedded();
    JettyOptions options =
        options(JettyOptions.port(config.port()), config, pages, beside.handler());
    return withEcho(JettyTransport.on(options), beside, config);
  }

  private static Transport withEcho(Transport clients, BinaryTransport beside, ServeConfig config) {
    return config
        .echo()
        .<Transport>map(path -> new EchoingTransport(clients, beside, path))
        .orElse(clients);
  }

  private static <H, O extends ListenOptions<H, O>> O options(
      O port, ServeConfig config, PageHandler pages, H beside) {
    O plain =
        port.withHost(config.host())
            .withIoThreads(config.ioThreads())
            .withBacklog(config.backlog())
            .withPages(pages);
    O all = config.echo().map(path -> plain.withHandler(path, beside)).orElse(plain);
    return config.tls().map(tls -> all.withTls(tls.tls().context())).orElse(all);
  }
}
