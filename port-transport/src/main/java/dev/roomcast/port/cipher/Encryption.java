package dev.roomcast.port.cipher;

/**
 * Agrees on keys with clients. Thread-safe; called on hook threads, because a key agreement takes
 * tens of microseconds and more.
 */
public interface Encryption {

  /**
   * Agrees on a key with one client.
   *
   * @param clientId the client's id
   * @param clientPublicKey as it came from the client, unchecked
   * @throws CipherException if the key is not acceptable; its message is for logs
   */
  KeyAgreement agree(String clientId, String clientPublicKey);

  /** Whether every client must encrypt, so that one that cannot is closed with 4004. */
  default boolean enforced() {
    return false;
  }
}
