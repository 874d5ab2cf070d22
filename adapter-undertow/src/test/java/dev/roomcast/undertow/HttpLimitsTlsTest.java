package dev.roomcast.undertow;

import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.tls.TestCertificate;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The same through TLS, which holds bytes of its own. */
@Timeout(60)
final class HttpLimitsTlsTest extends HttpLimitsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.shared();

  @BeforeAll
  static void shakeHands() throws Exception {
    // The first handshake of a JVM takes its time, and these tests are about time.
    HttpLimitsTlsTest unhurried = new HttpLimitsTlsTest();
    try (EchoServer server =
            unhurried.server(UndertowOptions.port(0), TransportSettings.defaults());
        RawClient client = server.upgraded()) {
      client.send(RawClient.textFrame("warm"));
    }
  }

  @Override
  EchoServer server(UndertowOptions options, TransportSettings settings) {
    TransportSettings calmer =
        settings.equals(HURRIED) ? settings.withHandshakeTimeout(Duration.ofSeconds(1)) : settings;
    return new EchoServer(
        options.withTls(CERTIFICATE.server()), calmer, CERTIFICATE.client().getSocketFactory());
  }
}
