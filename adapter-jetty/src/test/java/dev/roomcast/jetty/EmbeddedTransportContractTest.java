package dev.roomcast.jetty;

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
final class EmbeddedTransportContractTest extends TransportContract {
  @Parameter Security security;

  @Override
  protected Transport newTransport() {
    return new ForeignJetty(security);
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return security.client();
  }
}
