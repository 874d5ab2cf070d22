package dev.roomcast.wire.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be used is refused with the file, the reason and what to do. */
final class UnusableTest {
  private static TestCertificate good;
  private static TestCertificate other;

  @TempDir Path directory;

  @BeforeAll
  static void makeCertificates(@TempDir Path made) {
    good = TestCertificate.in(made.resolve("good"));
    other = TestCertificate.in(made.resolve("other"));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("file.pem"), content);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(TlsOptions options) {
    return assertThatThrownBy(() -> Tls.load(options)).isInstanceOf(TlsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"})
  void aKeyOfAnotherFormWithHowToConvertIt(String label) throws Exception {
    Path key = file("-----BEGIN " + label + "-----\nMAA=\n-----END " + label + "-----\n");

    assertRefused(TlsOptions.pem(good.chain(), key))
        .hasMessage(
            "%s: its key is '%s', expected PKCS#8 'PRIVATE KEY'; convert it: openssl pkcs8 -topk8"
                    .formatted(key, label)
                + " -nocrypt -in "
                + key
                + " -out key.pem");
  }

  @Test
  void anEncryptedKeyWithHowToDecryptIt() throws Exception {
    Path key =
        file("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");

    assertRefused(TlsOptions.pem(good.chain(), key))
        .hasMessageStartingWith(key + ": its key is encrypted, expected one that is not")
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + key);
  }

  @Test
  void aKeyThatIsEncryptedInTheOldWay() throws Exception {
    Path key =
        file(
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,00

            MAA=
            -----END RSA PRIVATE KEY-----
            """);

    assertRefused(TlsOptions.pem(good.chain(), key)).hasMessageContaining("RSA PRIVATE KEY");
  }

  @Test
  void aFileThatDoesNotExist() {
    Path absent = directory.resolve("none.pem");

    assertRefused(TlsOptions.pem(absent, good.key()))
        .hasMessage(absent + ": there is no such file");
    assertRefused(TlsOptions.pem(good.chain(), absent))
        .hasMessage(absent + ": there is no such file");
    assertRefused(TlsOptions.keyStore(absent, new char[0]))
        .hasMessage(absent + ": there is no such file, or it cannot be read");
  }

  @Test
  void filesThatWereMixedUp() {
    assertRefused(TlsOptions.pem(good.key(), good.chain()))
        .hasMessage(good.key() + ": it has no block CERTIFICATE, found PRIVATE KEY");
    assertRefused(TlsOptions.pem(good.chain(), good.chain()))
        .hasMessage(good.chain() + ": expected one block PRIVATE KEY, found CERTIFICATE");
  }

  @Test
  void whatIsNotPem() throws Exception {
    Path text = file("hello");

    assertRefused(TlsOptions.pem(text, good.key()))
        .hasMessage(text + ": it has no block CERTIFICATE, found nothing in PEM");
  }

  @Test
  void bytesThatAreNoText() throws Exception {
    Path binary = directory.resolve("file.der");
    Files.write(binary, good.certificate().getEncoded());

    assertRefused(TlsOptions.pem(binary, good.key()))
        .hasMessageStartingWith(binary + ": it cannot be read as text");
  }

  @Test
  void aDamagedCertificateOrKey() throws Exception {
    Path damaged = file("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n");
    assertRefused(TlsOptions.pem(damaged, good.key()))
        .hasMessage(damaged + ": a certificate in it is malformed");

    Path key = file("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n");
    assertRefused(TlsOptions.pem(good.chain(), key))
        .hasMessage(key + ": its key is malformed, or not of the certificate's kind, EC");

    Path odd = file("-----BEGIN PRIVATE KEY-----\nM\n-----END PRIVATE KEY-----\n");
    assertRefused(TlsOptions.pem(good.chain(), odd))
        .hasMessage(odd + ": its block PRIVATE KEY is no base64");
  }

  @Test
  void aKeyOfAnotherCertificate() {
    assertRefused(TlsOptions.pem(good.chain(), other.key()))
        .hasMessage(
            "%s: the key does not belong to the first certificate of %s (CN=good), expected the"
                    .formatted(other.key(), good.chain())
                + " server's own certificate first, then those that issued it");
  }

  @Test
  void aChainInTheWrongOrder() throws Exception {
    Path chain = file(Files.readString(other.chain()) + Files.readString(good.chain()));

    assertRefused(TlsOptions.pem(chain, good.key()))
        .hasMessageContaining("expected the server's own certificate first");
  }

  @Test
  void aKeyStoreWithAnotherPassword() {
    assertRefused(TlsOptions.keyStore(good.store(), "guess".toCharArray()))
        .hasMessage(good.store() + ": its password is another one");
  }

  @Test
  void aFileThatIsNoKeyStore() {
    assertRefused(TlsOptions.keyStore(good.chain(), good.password().toCharArray()))
        .hasMessage(good.chain() + ": it is no key store, expected PKCS#12 or JKS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.1", "SSLv3", "tls"})
  void aProtocolThatIsForbidden(String protocol) {
    assertThatThrownBy(() -> TlsOptions.pem(good.chain(), good.key()).withProtocols(protocol))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("protocols is [" + protocol + "], expected one or more of [TLSv1.3, TLSv1.2]");
  }
}
