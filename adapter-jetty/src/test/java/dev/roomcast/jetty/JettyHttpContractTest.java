package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.transport.HttpContract;
import dev.roomcast.wire.http.PageResponse;
import java.util.function.UnaryOperator;

final class JettyHttpContractTest extends HttpContract {

  @Override
  protected Transport newTransport(UnaryOperator<String> pages) {
    return JettyTransport.on(
        JettyOptions.port(0)
            .withIoThreads(1)
            .withPages(request -> PageResponse.text(404, pages.apply(request.path()))));
  }
}
