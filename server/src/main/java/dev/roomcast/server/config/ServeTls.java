package dev.roomcast.server.config;

import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsException;
import dev.roomcast.wire.tls.TlsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The TLS of a server, loaded.
 *
 * @param tls with the certificate that the files have
 * @param reload how often it is looked at whether they have changed
 */
public record ServeTls(Tls tls, Duration reload) {
  private static final Duration DEFAULT_RELOAD = Duration.ofSeconds(10);

  /** What makes no sense without a certificate. */
  private static final List<Option<?>> DEPENDENT =
      List.of(TlsSection.KEY, TlsSection.PASSWORD_FILE, TlsSection.CLIENT_CA, TlsSection.RELOAD);

  /**
   * Reads what was given, and the files; empty if nothing was.
   *
   * @throws ConfigException if something is wrong, or contradicts something else
   */
  static Optional<ServeTls> of(Given given) {
    Optional<Path> chain = given.value(TlsSection.CERT);
    Optional<Path> store = given.value(TlsSection.KEYSTORE);
    if (chain.isPresent() && store.isPresent()) {
      throw given.wrong(TlsSection.KEYSTORE, "expected none where there is a --tls-cert");
    }
    if (chain.isEmpty() && store.isEmpty()) {
      for (Option<?> option : DEPENDENT) {
        if (given.value(option).isPresent()) {
          throw given.wrong(option, "expected none without --tls-cert or --tls-keystore");
        }
      }
      return Optional.empty();
    }
    Duration reload = given.value(TlsSection.RELOAD).orElse(DEFAULT_RELOAD);
    if (!reload.isPositive()) {
      throw given.wrong(TlsSection.RELOAD, "expected more than zero");
    }
    Option<Path> from = chain.isPresent() ? TlsSection.CERT : TlsSection.KEYSTORE;
    TlsOptions files =
        chain.isPresent() ? pem(given, chain.get()) : keyStore(given, store.orElseThrow());
    TlsOptions options = given.value(TlsSection.CLIENT_CA).map(files::withClientCa).orElse(files);
    try {
      return Optional.of(new ServeTls(Tls.load(options), reload));
    } catch (TlsException unusable) {
      throw given.wrong(from, "and that cannot be used: " + unusable.getMessage());
    }
  }

  private static TlsOptions pem(Given given, Path chain) {
    if (given.value(TlsSection.PASSWORD_FILE).isPresent()) {
      throw given.wrong(TlsSection.PASSWORD_FILE, "expected none without --tls-keystore");
    }
    return TlsOptions.pem(
        chain,
        given
            .value(TlsSection.KEY)
            .orElseThrow(() -> given.wrong(TlsSection.CERT, "expected its --tls-key beside it")));
  }

  private static TlsOptions keyStore(Given given, Path store) {
    if (given.value(TlsSection.KEY).isPresent()) {
      throw given.wrong(TlsSection.KEY, "expected none where there is a --tls-keystore");
    }
    String password =
        given
            .value(TlsSection.PASSWORD_FILE)
            .map(file -> firstLine(given, file))
            .or(given::tlsPassword)
            .orElseThrow(
                () ->
                    given.wrong(
                        TlsSection.KEYSTORE,
                        "expected its password in the variable %s or a --tls-password-file"
                            .formatted(Given.TLS_PASSWORD)));
    return TlsOptions.keyStore(store, password.toCharArray());
  }

  private static String firstLine(Given given, Path file) {
    try {
      return Files.readAllLines(file).stream().findFirst().orElse("");
    } catch (IOException unreadable) {
      throw given.wrong(
          TlsSection.PASSWORD_FILE, "expected a file that can be read (" + unreadable + ")");
    }
  }
}
