package dev.roomcast.port.cipher;

/**
 * Encrypts one session's messages in both directions. Confined to the session's loop.
 *
 * <ul>
 *   <li><b>S01</b> {@code seal} never uses an IV twice under a key, and fails rather than go beyond
 *       the bound of messages per key.
 *   <li><b>S02</b> {@code open} fails for everything that the peer did not seal under this key, and
 *       for what it sealed when it comes again, out of order or from our own direction.
 *   <li><b>S03</b> A failed {@code open} changes nothing: the next good message opens.
 * </ul>
 */
public interface SessionCipher {

  /**
   * Encrypts a whole envelope.
   *
   * @param envelope UTF-8; not changed
   * @return the envelope {@code {"event":"encrypted","data":{"iv":…,"ct":…}}} as UTF-8
   * @throws CipherException if the key is used up
   */
  byte[] seal(byte[] envelope);

  /**
   * Decrypts what a client sent.
   *
   * @param iv base64
   * @param ct base64 of ciphertext and tag
   * @return the plaintext, a whole envelope if the client is honest
   * @throws CipherException if it is not authentic, replayed or malformed
   */
  byte[] open(String iv, String ct);
}
