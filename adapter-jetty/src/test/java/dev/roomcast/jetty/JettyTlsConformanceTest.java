package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.tls.Security;
import dev.roomcast.testkit.conformance.ConformanceContract;
import java.util.Optional;
import javax.net.ssl.SSLContext;

final class JettyTlsConformanceTest extends ConformanceContract {

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(Security.TLS.over(JettyOptions.port(0).withIoThreads(2)));
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return Security.TLS.client();
  }
}
