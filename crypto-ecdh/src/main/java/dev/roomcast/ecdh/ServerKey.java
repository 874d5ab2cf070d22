package dev.roomcast.ecdh;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;

/** A key pair of the server's for key agreements. Immutable. */
record ServerKey(PrivateKey privateKey, ECPublicKey publicKey) {

  static ServerKey generate() {
    KeyPair pair = P256.newKeyPair();
    return new ServerKey(pair.getPrivate(), (ECPublicKey) pair.getPublic());
  }

  byte[] point() {
    return P256.encode(publicKey);
  }

  /** Without the private key. */
  @Override
  public String toString() {
    return "ServerKey";
  }
}
