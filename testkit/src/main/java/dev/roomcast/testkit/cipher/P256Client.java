package dev.roomcast.testkit.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A client of the protocol's encryption, section 1.7, on the JDK alone: for the contract suite, and
 * for tests over a wire. It shares nothing with any implementation of the port.
 */
public final class P256Client implements EncryptionClient {
  private static final String DEFAULT_INFO = "ignis-ecdh-p256-aes-256-gcm-v1";

  /** What stands before a raw point of P-256 in X.509 (RFC 5480, section 2). */
  private static final byte[] X509 =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private final String info;
  private final String additionalData;
  private final KeyPair pair;

  private P256Client(String info, String additionalData, KeyPair pair) {
    this.info = info;
    this.additionalData = additionalData;
    this.pair = pair;
  }

  /** A client with the protocol's parameters and a key pair of its own. */
  public static P256Client create() {
    return create(DEFAULT_INFO, "");
  }

  /**
   * A client with a key pair of its own.
   *
   * @param additionalData empty for none
   */
  public static P256Client create(String info, String additionalData) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new P256Client(info, additionalData, generator.generateKeyPair());
    } catch (GeneralSecurityException lacking) {
      throw new IllegalStateException("this JVM has no P-256", lacking);
    }
  }

  @Override
  public String publicKey() {
    return Base64.getEncoder().encodeToString(point());
  }

  /** The public key: 65 bytes. */
  public byte[] point() {
    byte[] x509 = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(x509, X509.length, x509.length);
  }

  /**
   * A public key from its 65 bytes.
   *
   * @throws CipherException if it is none
   */
  public static PublicKey publicKey(byte[] point) {
    try {
      return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(join(X509, point)));
    } catch (GeneralSecurityException refused) {
      throw new CipherException("no point of P-256", refused);
    }
  }

  @Override
  public SessionCipher join(KeyAgreement answer) {
    return join(answer.serverPublicKey(), answer.salt());
  }

  /**
   * Its end of a session.
   *
   * @param serverPublicKey from the server's answer
   * @param salt from the server's answer
   * @throws CipherException if these are not what a server says
   */
  public P256Session join(String serverPublicKey, String salt) {
    try {
      var ecdh = javax.crypto.KeyAgreement.getInstance("ECDH");
      ecdh.init(pair.getPrivate());
      ecdh.doPhase(publicKey(Base64.getDecoder().decode(serverPublicKey)), /* lastPhase= */ true);
      byte[] extracted = hmac(Base64.getDecoder().decode(salt), ecdh.generateSecret());
      byte[] key = hmac(extracted, join(info.getBytes(UTF_8), new byte[] {1}));
      return new P256Session(new SecretKeySpec(key, "AES"), additionalData.getBytes(UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException refused) {
      throw new CipherException("no agreement", refused);
    }
  }

  private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }
}
