package dev.roomcast.port.cipher;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a key agreement.
 *
 * @param serverPublicKey for the client
 * @param salt for the client
 * @param signature of this agreement by a long-term key, for clients that pin that key; null
 *     without one
 * @param cipher for the session; goes with it
 */
public record KeyAgreement(
    String serverPublicKey, String salt, @Nullable String signature, SessionCipher cipher) {

  /** Without the cipher, which holds a key. */
  @Override
  public String toString() {
    return "KeyAgreement[serverPublicKey=" + serverPublicKey + "]";
  }
}
