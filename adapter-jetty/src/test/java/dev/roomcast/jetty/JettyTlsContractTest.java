package dev.roomcast.jetty;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.testkit.transport.TransportContract;
import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsOptions;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class JettyTlsContractTest extends TransportContract {
  private static TestCertificate certificate;
  private static Tls tls;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) {
    certificate = TestCertificate.in(directory);
    tls = Tls.load(TlsOptions.pem(certificate.chain(), certificate.key()));
  }

  private static JettyOptions options(int port) {
    return JettyOptions.port(port).withIoThreads(2).withTls(tls.context());
  }

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(options(0));
  }

  @Override
  protected Optional<Transport> newTransportOn(int port) {
    return Optional.of(JettyTransport.on(options(port)));
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return Optional.of(certificate.client());
  }
}
