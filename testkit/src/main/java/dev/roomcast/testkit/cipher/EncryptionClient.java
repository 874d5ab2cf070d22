package dev.roomcast.testkit.cipher;

import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;

/** A client that agrees on a key, for the contract suite. */
public interface EncryptionClient {

  /** What it sends to the server. */
  String publicKey();

  /**
   * Its end of the session: a cipher that seals and opens in the client's directions.
   *
   * @param answer of the server; only its public key and salt are for a client
   */
  SessionCipher join(KeyAgreement answer);
}
