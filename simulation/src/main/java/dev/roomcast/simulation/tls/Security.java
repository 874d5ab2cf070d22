package dev.roomcast.simulation.tls;

import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.wire.http.ListenOptions;
import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsOptions;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What lies between a transport and its clients; a transport's test runs its suite once for each:
 *
 * <pre>{@code
 * @ParameterizedClass
 * @EnumSource
 * final class JettyTransportContractTest extends TransportContract {
 *   @Parameter Security security;
 *
 *   protected Transport newTransport() {
 *     return JettyTransport.on(security.over(JettyOptions.port(0)));
 *   }
 *
 *   protected Optional<SSLContext> clientTls() {
 *     return security.client();
 *   }
 * }
 * }</pre>
 *
 * A suite whose tests share one instance, as {@code ConformanceContract}, has a class for each.
 */
public enum Security {
  /** Nothing. */
  CLEAR,
  /** TLS as the wire makes it, with the one certificate of all tests of this JVM. */
  TLS;

  /** What clients trust; always the same, so that they may resume their sessions. */
  public Optional<SSLContext> client() {
    return certificate().map(TestCertificate::client);
  }

  /** The same for a server that is not ours. */
  public Optional<SSLContext> server() {
    return certificate().map(TestCertificate::server);
  }

  /** These options with this below. */
  public <H, O extends ListenOptions<H, O>> O over(O options) {
    return certificate()
        .map(made -> Tls.load(TlsOptions.pem(made.chain(), made.key())))
        .map(tls -> options.withTls(tls.context()))
        .orElse(options);
  }

  private Optional<TestCertificate> certificate() {
    return switch (this) {
      case CLEAR -> Optional.empty();
      case TLS -> Optional.of(TestCertificate.shared());
    };
  }
}
