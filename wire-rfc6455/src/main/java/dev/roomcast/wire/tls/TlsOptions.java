package dev.roomcast.wire.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a server has its certificate from, and what it speaks. Immutable.
 *
 * @param identity the server's certificate and key
 * @param protocols those that are offered, of {@code TLSv1.3} and {@code TLSv1.2}; one or more
 * @param clientCa a PEM file of certificate authorities; where there is one, only clients with a
 *     certificate of theirs get a connection
 */
public record TlsOptions(Identity identity, List<String> protocols, Optional<Path> clientCa) {

  /** RFC 8996 forbids what is older. */
  private static final List<String> ALLOWED = List.of("TLSv1.3", "TLSv1.2");

  public TlsOptions {
    protocols = List.copyOf(protocols);
    if (protocols.isEmpty() || !ALLOWED.containsAll(protocols)) {
      throw new IllegalArgumentException(
          "protocols is " + protocols + ", expected one or more of " + ALLOWED);
    }
  }

  /**
   * TLS 1.3 and 1.2 with PEM files.
   *
   * @param chain the server's certificate first, then those that issued it
   * @param key its private key in PKCS#8, not encrypted
   */
  public static TlsOptions pem(Path chain, Path key) {
    return new TlsOptions(new Identity.Pem(chain, key), ALLOWED, Optional.empty());
  }

  /**
   * TLS 1.3 and 1.2 with a key store.
   *
   * @param file in PKCS#12 or JKS; of several entries the one that fits the server name (SNI) that
   *     a client asks for is used
   * @param password of the store and of its keys; is copied
   */
  public static TlsOptions keyStore(Path file, char[] password) {
    return new TlsOptions(
        new Identity.StoreFile(file, new Password(password)), ALLOWED, Optional.empty());
  }

  /** These options with other {@code protocols}. */
  public TlsOptions withProtocols(String... value) {
    return new TlsOptions(identity, List.of(value), clientCa);
  }

  /** These options with a {@code clientCa}. */
  public TlsOptions withClientCa(Path value) {
    return new TlsOptions(identity, protocols, Optional.of(value));
  }
}
