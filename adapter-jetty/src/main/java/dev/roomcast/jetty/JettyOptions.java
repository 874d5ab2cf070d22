package dev.roomcast.jetty;

import dev.roomcast.wire.http.ListenOptions;
import dev.roomcast.wire.http.PageHandler;
import org.eclipse.jetty.server.Handler;

/**
 * Where a Jetty of our own listens, and what it serves beside the WebSocket path. Immutable; begins
 * with {@link #port}.
 */
public final class JettyOptions extends ListenOptions<Handler, JettyOptions> {

  private JettyOptions(Values<Handler> values) {
    super(values);
  }

  /**
   * Listens on loopback only, so that nothing is exposed by accident, with one I/O thread per
   * processor.
   *
   * @param port 0 to 65535; 0 takes a free one
   */
  public static JettyOptions port(int port) {
    return new JettyOptions(loopback(port));
  }

  @Override
  protected JettyOptions with(Values<Handler> changed) {
    return new JettyOptions(changed);
  }

  @Override
  protected Handler handler(PageHandler pages) {
    return new PagesHandler(pages);
  }
}
