package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.conformance.ConformanceContract;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsOptions;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class JettyTlsConformanceTest extends ConformanceContract {
  private TestCertificate certificate;

  /** One for all clients, so that most of them resume a session. */
  private SSLContext client;

  @BeforeAll
  void makeCertificate(@TempDir Path directory) {
    certificate = TestCertificate.in(directory);
    client = certificate.client();
  }

  @Override
  protected Transport newTransport() {
    Tls tls = Tls.load(TlsOptions.pem(certificate.chain(), certificate.key()));
    return JettyTransport.on(JettyOptions.port(0).withIoThreads(2).withTls(tls.context()));
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return Optional.of(client);
  }
}
