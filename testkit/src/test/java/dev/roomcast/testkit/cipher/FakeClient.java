package dev.roomcast.testkit.cipher;

import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;

/** A client of {@link FakeEncryption}. */
record FakeClient(String publicKey) implements EncryptionClient {
  @Override
  public SessionCipher join(KeyAgreement answer) {
    return FakeEncryption.client(publicKey, answer.serverPublicKey(), answer.salt());
  }
}
