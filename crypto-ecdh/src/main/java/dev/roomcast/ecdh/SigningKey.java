package dev.roomcast.ecdh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A long-term key of the server's, which signs key agreements by ECDSA on P-256 with SHA-256.
 * Clients that know its public key beforehand, that pin it, cannot be deceived about the server.
 * Thread-safe.
 */
public final class SigningKey {
  /** r and s, 32 bytes each, as browsers have it, and not ASN.1. */
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final String HOW_TO_MAKE_ONE =
      "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256";

  private final PrivateKey privateKey;
  private final ECPublicKey publicKey;

  private SigningKey(PrivateKey privateKey, ECPublicKey publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** A new key, which the application keeps nowhere: for tests. */
  public static SigningKey generate() {
    return of(P256.newKeyPair());
  }

  /**
   * A key pair that the application has, perhaps in a token of hardware.
   *
   * @throws IllegalArgumentException if it is not on P-256, or the two keys do not belong together
   */
  public static SigningKey of(KeyPair pair) {
    if (!(pair.getPublic() instanceof ECPublicKey ecKey) || !onP256(ecKey)) {
      throw new IllegalArgumentException("a key pair that is not on the curve P-256");
    }
    SigningKey key = new SigningKey(pair.getPrivate(), P256.decode(P256.encode(ecKey)));
    if (!key.isWhole()) {
      throw new IllegalArgumentException("a public key that is not of the private one beside it");
    }
    return key;
  }

  /**
   * Reads a private key in PEM, PKCS #8, as this makes one: {@code openssl genpkey -algorithm EC
   * -pkeyopt ec_paramgen_curve:P-256}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static SigningKey fromPem(String pem) {
    PrivateKey key = read(pem);
    if (!(key instanceof ECKey ecKey) || !onP256(ecKey)) {
      throw wrong("a key that is not on the curve P-256", null);
    }
    for (ECPublicKey candidate : P256.candidates(key)) {
      SigningKey whole = new SigningKey(key, candidate);
      if (whole.isWhole()) {
        return whole;
      }
    }
    throw wrong("a key that does not sign", null);
  }

  private static PrivateKey read(String pem) {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw wrong("no " + BEGIN, null);
    }
    try {
      byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      throw wrong("a key that cannot be read", malformed);
    }
  }

  private static boolean onP256(ECKey key) {
    return key.getParams() != null
        && key.getParams().getCurve().equals(P256.PARAMETERS.getCurve())
        && key.getParams().getGenerator().equals(P256.PARAMETERS.getGenerator());
  }

  private boolean isWhole() {
    byte[] probe = {1};
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(publicKey);
      check.update(probe);
      return check.verify(sign(probe));
    } catch (GeneralSecurityException refused) {
      return false;
    }
  }

  /** The public key, base64 of its 65 bytes: what clients pin. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(P256.encode(publicKey));
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("the signing key does not sign", failed);
    }
  }

  private static IllegalArgumentException wrong(String what, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        what + ", expected a private key in PEM, as from: " + HOW_TO_MAKE_ONE, cause);
  }

  /** The public key alone. */
  @Override
  public String toString() {
    return "SigningKey[" + publicKey() + "]";
  }
}
