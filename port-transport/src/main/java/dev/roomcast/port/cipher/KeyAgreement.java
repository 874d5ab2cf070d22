package dev.roomcast.port.cipher;

/**
 * The outcome of a key agreement.
 *
 * @param serverPublicKey for the client
 * @param salt for the client
 * @param cipher for the session; goes with it
 */
public record KeyAgreement(String serverPublicKey, String salt, SessionCipher cipher) {
  /** Without the cipher, which holds a key. */
  @Override
  public String toString() {
    return "KeyAgreement[serverPublicKey=" + serverPublicKey + "]";
  }
}
