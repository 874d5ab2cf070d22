package dev.roomcast.ecdh;

import dev.roomcast.port.cipher.CipherException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * The curve P-256 (SP 800-186, section 3.2.1.3), and its points as 65 bytes: 4, x, y (SEC 1,
 * section 2.3.3).
 */
final class P256 {
  static final int POINT_BYTES = 65;
  static final ECParameterSpec PARAMETERS = parameters();

  private static final int FIELD_BYTES = 32;
  private static final byte UNCOMPRESSED = 4;
  private static final BigInteger P =
      ((ECFieldFp) PARAMETERS.getCurve().getField()).getP(); // a prime, so the cast holds

  private P256() {}

  private static ECParameterSpec parameters() {
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec("secp256r1"));
      return named.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException lacking) {
      throw new IllegalStateException("this JVM does not know the curve P-256", lacking);
    }
  }

  static KeyPair newKeyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(PARAMETERS);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException lacking) {
      throw new IllegalStateException("this JVM cannot generate keys on P-256", lacking);
    }
  }

  /**
   * Reads a point that somebody sent: the full validation of SP 800-56A, section 5.6.2.3.3. The
   * curve's cofactor is 1, so that whatever is on it is in the right group.
   *
   * @throws CipherException if it is not 65 bytes, not uncompressed (infinity never is) or not on
   *     the curve
   */
  static ECPublicKey decode(byte[] point) {
    if (point.length != POINT_BYTES) {
      throw new CipherException(
          "a public key of " + point.length + " bytes, expected " + POINT_BYTES, null);
    }
    if (point[0] != UNCOMPRESSED) {
      throw new CipherException(
          "a public key that begins with " + point[0] + ", expected " + UNCOMPRESSED, null);
    }
    BigInteger x = new BigInteger(1, point, 1, FIELD_BYTES);
    BigInteger y = new BigInteger(1, point, 1 + FIELD_BYTES, FIELD_BYTES);
    if (x.compareTo(P) >= 0 || y.compareTo(P) >= 0 || !y.multiply(y).mod(P).equals(ySquared(x))) {
      throw new CipherException("a public key that is not on the curve", null);
    }
    return publicKey(new ECPoint(x, y));
  }

  /** The right side of the curve's equation: x³ + ax + b. */
  private static BigInteger ySquared(BigInteger x) {
    EllipticCurve curve = PARAMETERS.getCurve();
    return x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(P);
  }

  private static ECPublicKey publicKey(ECPoint point) {
    try {
      return (ECPublicKey)
          KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, PARAMETERS));
    } catch (GeneralSecurityException refused) {
      throw new CipherException("a public key that this JVM refuses", refused);
    }
  }

  static byte[] encode(ECPublicKey key) {
    byte[] point = new byte[POINT_BYTES];
    point[0] = UNCOMPRESSED;
    put(key.getW().getAffineX(), point, 1);
    put(key.getW().getAffineY(), point, 1 + FIELD_BYTES);
    return point;
  }

  private static void put(BigInteger number, byte[] target, int at) {
    byte[] bytes = number.toByteArray(); // may have a zero for the sign in front, or be shorter
    int from = Math.max(0, bytes.length - FIELD_BYTES);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, target, at + FIELD_BYTES - length, length);
  }

  /**
   * The shared secret: the x coordinate of their product, 32 bytes (SP 800-56A, section 5.7.1.2).
   *
   * @param theirs from {@link #decode}, so that it is valid
   */
  static byte[] agree(PrivateKey ours, ECPublicKey theirs) {
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(ours);
      agreement.doPhase(theirs, /* lastPhase= */ true);
      return agreement.generateSecret();
    } catch (GeneralSecurityException refused) {
      throw new CipherException("keys that do not agree", refused);
    }
  }

  /**
   * The two points of which one is the public key of a private one: what ECDH with the generator
   * yields is its x coordinate, and the curve knows two y for it.
   */
  static ECPublicKey[] candidates(PrivateKey key) {
    byte[] secret = agree(key, publicKey(PARAMETERS.getGenerator()));
    BigInteger x = new BigInteger(1, secret);
    Arrays.fill(secret, (byte) 0);
    // p is 3 mod 4, so this is a square root.
    BigInteger y = ySquared(x).modPow(P.add(BigInteger.ONE).shiftRight(2), P);
    return new ECPublicKey[] {
      publicKey(new ECPoint(x, y)), publicKey(new ECPoint(x, P.subtract(y)))
    };
  }
}
