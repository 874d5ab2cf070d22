package dev.roomcast.ecdh;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256 (RFC 5869) for one block of output, which is one key. By hand, although JDK 25
 * has one: see {@code docs/adr}.
 */
final class Hkdf {
  static final int KEY_BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  private Hkdf() {}

  /**
   * Derives a key.
   *
   * @param secret the input keying material
   * @param salt may be empty
   * @param info may be empty
   */
  static byte[] derive(byte[] secret, byte[] salt, byte[] info) {
    // Section 2.2: without a salt, as many zeros as a hash has bytes.
    byte[] extracted = hmac(salt.length == 0 ? new byte[KEY_BYTES] : salt, secret);
    byte[] block = Arrays.copyOf(info, info.length + 1);
    block[info.length] = 1; // section 2.3: the first block, with nothing before it
    byte[] key = hmac(extracted, block);
    Arrays.fill(extracted, (byte) 0);
    return key;
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (GeneralSecurityException lacking) {
      throw new IllegalStateException("this JVM has no " + HMAC, lacking);
    }
  }
}
