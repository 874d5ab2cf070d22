package dev.roomcast.undertow;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.testkit.transport.HttpContract;
import dev.roomcast.wire.http.PageResponse;
import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class UndertowTlsHttpContractTest extends HttpContract {
  private static TestCertificate certificate;
  private static Tls tls;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) {
    certificate = TestCertificate.in(directory);
    tls = Tls.load(TlsOptions.pem(certificate.chain(), certificate.key()));
  }

  @Override
  protected Optional<SSLContext> clientTls() {
    return Optional.of(certificate.client());
  }

  @Override
  protected Transport newTransport(UnaryOperator<String> pages) {
    return UndertowTransport.on(
        UndertowOptions.port(0)
            .withIoThreads(1)
            .withTls(tls.context())
            .withPages(request -> PageResponse.text(404, pages.apply(request.path()))));
  }
}
