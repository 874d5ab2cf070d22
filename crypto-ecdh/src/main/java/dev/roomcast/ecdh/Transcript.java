package dev.roomcast.ecdh;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * What a long-term key signs: all of one key agreement, so that a signature is good for this client
 * and this moment only. Everything but the client id, which is last, has a fixed length.
 */
final class Transcript {
  /** Keeps the signature from meaning anything elsewhere; ends with a zero. */
  private static final byte[] LABEL = "roomcast-ecdh-p256-v1\0".getBytes(UTF_8);

  private Transcript() {}

  static byte[] of(byte[] serverPoint, byte[] clientPoint, byte[] salt, String clientId) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(LABEL);
    all.writeBytes(serverPoint);
    all.writeBytes(clientPoint);
    all.writeBytes(salt);
    all.writeBytes(clientId.getBytes(UTF_8));
    return all.toByteArray();
  }
}
