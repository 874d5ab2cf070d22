package dev.roomcast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.testkit.tls.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServeTlsTest {
  private static TestCertificate certificate;

  private final Map<String, String> line = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) {
    certificate = TestCertificate.in(directory);
  }

  private ServeTlsTest give(String option, Object value) {
    line.put(option, value.toString());
    return this;
  }

  private Optional<ServeTls> read() {
    return ServeConfig.of(new Given(line, environment)).tls();
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::read).isInstanceOf(ConfigException.class).hasMessage(message);
  }

  @Test
  void isNoneByDefault() {
    assertThat(read()).isEmpty();
  }

  @Test
  void takesCertificateAndKeyInPem() {
    give("--tls-cert", certificate.chain()).give("--tls-key", certificate.key());

    assertThat(read()).map(ServeTls::reload).contains(Duration.ofSeconds(10));
  }

  @Test
  void takesAKeyStoreWithItsPasswordInTheEnvironment() {
    give("--tls-keystore", certificate.store()).give("--tls-reload", "1m");
    environment.put("ROOMCAST_TLS_PASSWORD", certificate.password());

    assertThat(read()).map(ServeTls::reload).contains(Duration.ofMinutes(1));
  }

  @Test
  void takesThePasswordFromAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), certificate.password() + "\n");
    give("--tls-keystore", certificate.store()).give("--tls-password-file", file);

    assertThat(read()).isPresent();
  }

  @Test
  void asksForThePassword() {
    give("--tls-keystore", certificate.store());

    assertRefused(
        "option --tls-keystore is '%s', expected its password in the variable"
                .formatted(certificate.store())
            + " ROOMCAST_TLS_PASSWORD or a --tls-password-file");
  }

  @Test
  void saysThatThePasswordIsAnotherAndNotWhich() {
    give("--tls-keystore", certificate.store());
    environment.put("ROOMCAST_TLS_PASSWORD", "guessed");

    assertRefused(
        "option --tls-keystore is '%1$s', and that cannot be used: %1$s: its password is another one"
            .formatted(certificate.store()));
  }

  @Test
  void asksForTheKey() {
    give("--tls-cert", certificate.chain());

    assertRefused(
        "option --tls-cert is '%s', expected its --tls-key beside it"
            .formatted(certificate.chain()));
  }

  @Test
  void saysWhyFilesCannotBeUsed() {
    give("--tls-cert", certificate.chain()).give("--tls-key", "none.pem");

    assertRefused(
        "option --tls-cert is '%s', and that cannot be used: none.pem: there is no such file"
            .formatted(certificate.chain()));
  }

  @Test
  void refusesTwoCertificates() {
    give("--tls-cert", certificate.chain()).give("--tls-keystore", certificate.store());

    assertRefused(
        "option --tls-keystore is '%s', expected none where there is a --tls-cert"
            .formatted(certificate.store()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--tls-key", "--tls-password-file", "--tls-client-ca"})
  void refusesWhatBelongsToACertificateWithoutOne(String option) {
    give(option, "file");

    assertRefused(
        "option %s is 'file', expected none without --tls-cert or --tls-keystore"
            .formatted(option));
  }

  @Test
  void refusesWhatBelongsToTheOtherKindOfFiles() {
    give("--tls-keystore", certificate.store()).give("--tls-key", "key.pem");
    assertRefused("option --tls-key is 'key.pem', expected none where there is a --tls-keystore");

    line.clear();
    give("--tls-cert", certificate.chain()).give("--tls-password-file", "file");
    assertRefused("option --tls-password-file is 'file', expected none without --tls-keystore");
  }

  @Test
  void refusesToLookAtTheFilesWithoutPause() {
    give("--tls-cert", certificate.chain()).give("--tls-key", certificate.key());
    give("--tls-reload", "0");

    assertRefused("option --tls-reload is '0', expected more than zero");
  }
}
