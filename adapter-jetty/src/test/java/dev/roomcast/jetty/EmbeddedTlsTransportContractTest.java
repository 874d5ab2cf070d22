package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.testkit.transport.TransportContract;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedTlsTransportContractTest extends TransportContract {
  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) {
    certificate = TestCertificate.in(directory);
  }

  @Override
  protected Transport newTransport() {
    return new ForeignJetty(certificate.server());
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return Optional.of(certificate.client());
  }
}
