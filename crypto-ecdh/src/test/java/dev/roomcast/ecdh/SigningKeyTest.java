package dev.roomcast.ecdh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningKeyTest {
  /** By {@code openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256}. */
  private static final String BY_OPENSSL =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfr3hbBhaYEbNT33c
      2rYQ84kwa05/C7WcXSiwdtdmCyKhRANCAATefh/HNZxS5s4SU2hqD45LWFlKNlrL
      3Fhgx+T+ERHYBdwfpf4ecgtEOpc0cQaZqrI3bXCgOD1/3A44YlsazMh8
      -----END PRIVATE KEY-----
      """;

  /** The same key's public point, by {@code openssl pkey -pubout -outform DER | tail -c 65}. */
  private static final String ITS_POINT =
      "BN5+H8c1nFLmzhJTaGoPjktYWUo2WsvcWGDH5P4REdgF3B+l/h5yC0Q6lzRxBpmqsjdtcKA4PX/cDjhiWxrMyHw=";

  private static KeyPair pair(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair pair) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Test
  void readsWhatOpensslMakes() {
    assertThat(SigningKey.fromPem(BY_OPENSSL).publicKey()).isEqualTo(ITS_POINT);
    assertThat(SigningKey.fromPem("a comment\n" + BY_OPENSSL.replace("\n", "\r\n")).publicKey())
        .isEqualTo(ITS_POINT);
  }

  @Test
  void findsThePublicKeyWhereThePemHasNone() throws Exception {
    for (int i = 0; i < 10; i++) {
      KeyPair pair = pair("secp256r1");
      assertThat(SigningKey.fromPem(pem(pair)).publicKey())
          .isEqualTo(
              Base64.getEncoder().encodeToString(P256.encode((ECPublicKey) pair.getPublic())));
    }
  }

  @Test
  void signsSoThatItsPublicKeyVerifies() throws Exception {
    SigningKey key = SigningKey.generate();
    byte[] message = {1, 2, 3};
    byte[] signature = key.sign(message);
    Signature check = Signature.getInstance("SHA256withECDSAinP1363Format");
    check.initVerify(P256.decode(Base64.getDecoder().decode(key.publicKey())));
    check.update(message);

    assertThat(signature).hasSize(64);
    assertThat(check.verify(signature)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----"
      })
  void refusesWhatIsNoKey(String pem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.fromPem(pem))
        .withMessageContaining("openssl genpkey");
  }

  @Test
  void refusesKeysOfOtherCurves() throws Exception {
    KeyPair other = pair("secp384r1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.fromPem(pem(other)))
        .withMessageContaining("P-256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(other))
        .withMessageContaining("P-256");
  }

  @Test
  void refusesKeysThatDoNotBelongTogether() throws Exception {
    KeyPair one = pair("secp256r1");
    KeyPair other = pair("secp256r1");

    assertThat(SigningKey.of(one).publicKey()).isNotEqualTo(SigningKey.of(other).publicKey());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(new KeyPair(one.getPublic(), other.getPrivate())))
        .withMessageContaining("not of the private one");
  }

  @Test
  void keepsItsPrivateKeyOutOfText() {
    SigningKey key = SigningKey.fromPem(BY_OPENSSL);

    assertThat(key.toString()).isEqualTo("SigningKey[" + ITS_POINT + "]");
    assertThat(EcdhOptions.defaults().withSigningKey(key).toString()).contains(ITS_POINT);
  }
}
