package dev.roomcast.undertow;

import dev.roomcast.wire.http.ListenOptions;
import dev.roomcast.wire.http.PageHandler;
import io.undertow.server.HttpHandler;

/**
 * Where an Undertow of our own listens, and what it serves beside the WebSocket path. Immutable;
 * begins with {@link #port}.
 */
public final class UndertowOptions extends ListenOptions<HttpHandler, UndertowOptions> {

  private UndertowOptions(Values<HttpHandler> values) {
    super(values);
  }

  /**
   * Listens on loopback only, so that nothing is exposed by accident, with one I/O thread per
   * processor.
   *
   * @param port 0 to 65535; 0 takes a free one
   */
  public static UndertowOptions port(int port) {
    return new UndertowOptions(loopback(port));
  }

  @Override
  protected UndertowOptions with(Values<HttpHandler> changed) {
    return new UndertowOptions(changed);
  }

  @Override
  protected HttpHandler handler(PageHandler pages) {
    return new PageHttpHandler(pages);
  }
}
