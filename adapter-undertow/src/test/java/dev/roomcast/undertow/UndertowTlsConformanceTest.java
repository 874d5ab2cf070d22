package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.tls.Security;
import dev.roomcast.testkit.conformance.ConformanceContract;
import java.util.Optional;
import javax.net.ssl.SSLContext;

final class UndertowTlsConformanceTest extends ConformanceContract {

  @Override
  protected Transport newTransport() {
    return UndertowTransport.on(Security.TLS.over(UndertowOptions.port(0).withIoThreads(2)));
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return Security.TLS.client();
  }
}
