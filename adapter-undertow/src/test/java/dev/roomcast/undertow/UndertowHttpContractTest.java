package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.tls.Security;
import dev.roomcast.testkit.transport.HttpContract;
import dev.roomcast.wire.http.PageResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class UndertowHttpContractTest extends HttpContract {
  @Parameter Security security;

  @Override
  protected Transport newTransport(UnaryOperator<String> pages) {
    return UndertowTransport.on(
        security.over(
            UndertowOptions.port(0)
                .withIoThreads(1)
                .withPages(request -> PageResponse.text(404, pages.apply(request.path())))));
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return security.client();
  }
}
