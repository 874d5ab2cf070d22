package dev.roomcast.jetty;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.EndToEndContract;
import dev.roomcast.simulation.tls.Security;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class JettyEndToEndTest extends EndToEndContract {
  @Parameter Security security;

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(security.over(JettyOptions.port(0).withIoThreads(4)));
  }

  @Override
  protected Codec codec() {
    return JacksonCodec.create();
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return security.client();
  }
}
