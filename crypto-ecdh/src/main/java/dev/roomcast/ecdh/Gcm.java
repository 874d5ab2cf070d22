package dev.roomcast.ecdh;

import dev.roomcast.port.cipher.CipherException;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AES-256-GCM under one key (SP 800-38D). Which IVs it gets is its owner's care. Confined, like a
 * session's cipher.
 */
final class Gcm {
  static final int IV_BYTES = 12;
  static final int TAG_BYTES = 16;

  private final SecretKey key;
  private final byte @Nullable [] additionalData;
  private final Cipher aes;

  /**
   * A cipher.
   *
   * @param key 32 bytes, copied
   * @param additionalData authenticated with each message; not to be changed
   */
  Gcm(byte[] key, byte @Nullable [] additionalData) {
    this.key = new SecretKeySpec(key, "AES");
    this.additionalData = additionalData;
    try {
      aes = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException lacking) {
      throw new IllegalStateException("this JVM has no AES-GCM", lacking);
    }
  }

  /** Ciphertext and tag. */
  byte[] encrypt(byte[] iv, byte[] plaintext) {
    try {
      return run(Cipher.ENCRYPT_MODE, iv, plaintext);
    } catch (GeneralSecurityException failed) {
      throw new CipherException("cannot encrypt", failed);
    }
  }

  /**
   * The plaintext.
   *
   * @throws CipherException if it is not authentic
   */
  byte[] decrypt(byte[] iv, byte[] ciphertext) {
    try {
      return run(Cipher.DECRYPT_MODE, iv, ciphertext);
    } catch (GeneralSecurityException refused) {
      throw new CipherException("not authentic", refused);
    }
  }

  private byte[] run(int mode, byte[] iv, byte[] text) throws GeneralSecurityException {
    aes.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    if (additionalData != null) {
      aes.updateAAD(additionalData);
    }
    return aes.doFinal(text);
  }
}
