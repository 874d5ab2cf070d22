package dev.roomcast.undertow;

import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.tls.TestCertificate;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same through TLS, which holds bytes of its own. */
@Timeout(60)
final class HttpLimitsTlsTest extends HttpLimitsTest {
  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) {
    certificate = TestCertificate.in(directory);
  }

  @Override
  EchoServer server(UndertowOptions options, TransportSettings settings) {
    return new EchoServer(
        options.withTls(certificate.server()), settings, certificate.client().getSocketFactory());
  }
}
