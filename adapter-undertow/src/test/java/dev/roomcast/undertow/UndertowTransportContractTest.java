package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.tls.Security;
import dev.roomcast.testkit.transport.TransportContract;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class UndertowTransportContractTest extends TransportContract {
  @Parameter Security security;

  private UndertowTransport on(int port) {
    return UndertowTransport.on(security.over(UndertowOptions.port(port).withIoThreads(2)));
  }

  @Override
  protected Transport newTransport() {
    return on(0);
  }

  @Override
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.of(on(port));
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return security.client();
  }
}
