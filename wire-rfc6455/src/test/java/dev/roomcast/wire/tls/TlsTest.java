package dev.roomcast.wire.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.testkit.tls.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir Path directory;

  @BeforeAll
  static void makeCertificates(@TempDir Path made) {
    first = TestCertificate.in(made.resolve("first"));
    second = TestCertificate.in(made.resolve("second"));
  }

  /** Files of one's own, with what a certificate has. */
  private TlsOptions copyOf(TestCertificate certificate) throws IOException {
    replace(certificate);
    return TlsOptions.pem(directory.resolve("chain.pem"), directory.resolve("key.pem"));
  }

  private void replace(TestCertificate certificate) throws IOException {
    for (Path file : List.of(certificate.chain(), certificate.key())) {
      Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Certificate served(Tls tls, TestCertificate trusted) throws SSLException {
    return Handshakes.between(trusted.client(), tls.context()).getPeerCertificates()[0];
  }

  private static void assertServes(Tls tls, TestCertificate expected) throws SSLException {
    assertThat(served(tls, expected)).isEqualTo(expected.certificate());
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void servesACertificateOfAnyKindFromPem(String algorithm) throws Exception {
    TestCertificate certificate = TestCertificate.in(directory.resolve(algorithm), algorithm);

    assertServes(Tls.load(TlsOptions.pem(certificate.chain(), certificate.key())), certificate);
  }

  @Test
  void servesACertificateFromAKeyStore() throws Exception {
    assertServes(
        Tls.load(TlsOptions.keyStore(first.store(), first.password().toCharArray())), first);
  }

  @Test
  void servesACertificateFromAJavaKeyStore() throws Exception {
    char[] password = first.password().toCharArray();
    KeyStore from = KeyStore.getInstance(first.store().toFile(), password);
    String alias = from.aliases().nextElement();
    KeyStore to = KeyStore.getInstance("JKS");
    to.load(null, null);
    to.setKeyEntry(alias, from.getKey(alias, password), password, from.getCertificateChain(alias));
    Path file = directory.resolve("keys.jks");
    try (OutputStream out = Files.newOutputStream(file)) {
      to.store(out, password);
    }

    assertServes(Tls.load(TlsOptions.keyStore(file, password)), first);
  }

  @Test
  void readsCertificateAndKeyFromOneFile() throws Exception {
    Path both = directory.resolve("both.pem");
    Files.writeString(
        both,
        "subject=anything\n" + Files.readString(first.key()) + Files.readString(first.chain()));

    assertServes(Tls.load(TlsOptions.pem(both, both)), first);
  }

  @Test
  void tellsNobodyThePassword() {
    assertThat(TlsOptions.keyStore(first.store(), "secret".toCharArray()).toString())
        .contains(first.store().toString())
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void speaksBothProtocols(String protocol) throws Exception {
    Tls tls = Tls.load(copyOf(first));

    assertThat(Handshakes.between(first.client(), tls.context(), protocol).getProtocol())
        .isEqualTo(protocol);
  }

  @Test
  void speaksNoOtherProtocolThanItIsTold() throws Exception {
    Tls tls = Tls.load(copyOf(first).withProtocols("TLSv1.3"));

    assertThatThrownBy(() -> Handshakes.between(first.client(), tls.context(), "TLSv1.2"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void makesEnginesOfServersThatChooseTheCipher() throws Exception {
    SSLEngine engine = Tls.load(copyOf(first)).context().createSSLEngine();

    assertThat(engine.getUseClientMode()).isFalse();
    assertThat(engine.getSSLParameters().getUseCipherSuitesOrder()).isTrue();
    assertThat(engine.getNeedClientAuth()).isFalse();
  }

  @Test
  void letsInOnlyClientsOfItsAuthority() throws Exception {
    Tls tls = Tls.load(copyOf(first).withClientCa(second.chain()));

    assertThat(Handshakes.between(first.client(second), tls.context()).isValid()).isTrue();
    assertThatThrownBy(() -> Handshakes.between(first.client(), tls.context()))
        .isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> Handshakes.between(first.client(first), tls.context()))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void servesWhatIsThereWhenItReloads() throws Exception {
    Tls tls = Tls.load(copyOf(first));
    SSLContext context = tls.context();
    replace(second);
    assertServes(tls, first);
    tls.reload();

    assertServes(tls, second);
    assertThat(tls.context()).isSameAs(context);
  }

  @Test
  void resumesNoSessionOfTheCertificateFromBefore() throws Exception {
    Tls tls = Tls.load(copyOf(first));
    SSLContext client = first.client();
    SSLSession before = Handshakes.between(client, tls.context(), "TLSv1.2");
    assertThat(Handshakes.between(client, tls.context(), "TLSv1.2").getId())
        .isEqualTo(before.getId());
    tls.reload();

    assertThat(Handshakes.between(client, tls.context(), "TLSv1.2").getId())
        .isNotEqualTo(before.getId());
  }

  @Test
  void keepsTheCertificateWhereTheNewOneIsUnusable() throws Exception {
    Tls tls = Tls.load(copyOf(first));
    Files.writeString(directory.resolve("key.pem"), "nothing");

    assertThatThrownBy(tls::reload).isInstanceOf(TlsException.class);
    assertThat(tls.reloadIfChanged()).isFalse();
    assertServes(tls, first);
  }

  @Test
  void reloadsOnceWhereAFileHasChanged() throws Exception {
    Tls tls = Tls.load(copyOf(first));
    assertThat(tls.reloadIfChanged()).isFalse();
    replace(second);

    assertThat(tls.reloadIfChanged()).isTrue();
    assertThat(tls.reloadIfChanged()).isFalse();
    assertServes(tls, second);
  }

  @Test
  void waitsForBothFilesWhereOneIsReplacedAfterTheOther() throws Exception {
    Tls tls = Tls.load(copyOf(first));
    Files.copy(second.chain(), directory.resolve("chain.pem"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(tls.reloadIfChanged()).isFalse();
    assertServes(tls, first);
    Files.copy(second.key(), directory.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(tls.reloadIfChanged()).isTrue();
    assertServes(tls, second);
  }

  @Test
  void noticesThatALinkPointsElsewhere() throws Exception {
    Path link = directory.resolve("current");
    Files.createSymbolicLink(link, first.chain().getParent());
    Tls tls = Tls.load(TlsOptions.pem(link.resolve("chain.pem"), link.resolve("key.pem")));
    Files.delete(link);
    assertThat(tls.reloadIfChanged()).isFalse();
    Files.createSymbolicLink(link, second.chain().getParent());

    assertThat(tls.reloadIfChanged()).isTrue();
    assertServes(tls, second);
  }

  @Test
  void servesACertificateThatHasExpiredAllTheSame() throws Exception {
    TestCertificate expired =
        TestCertificate.in(directory.resolve("old"), "EC", "-startdate", "-20d", "-validity", "10");

    assertServes(Tls.load(TlsOptions.pem(expired.chain(), expired.key())), expired);
  }
}
