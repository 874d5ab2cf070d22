package dev.roomcast.ecdh;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.SessionCipher;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * The server's end of one session: which IVs go out and come in. Confined to the session's loop.
 *
 * <p>An IV is a byte of direction, three zeros and a counter of eight bytes: the deterministic
 * construction of SP 800-38D, section 8.2.1, with the sender as the fixed field. Both ends use one
 * key, so the direction keeps them from ever using the same IV, and a message from being sent back
 * to where it came from.
 */
final class GcmSession implements SessionCipher {
  private static final int FROM_SERVER = 1 << 24;
  private static final int FROM_CLIENT = 2 << 24;

  private static final byte[] BEFORE_IV =
      "{\"event\":\"encrypted\",\"data\":{\"iv\":\"".getBytes(US_ASCII);
  private static final byte[] BEFORE_CT = "\",\"ct\":\"".getBytes(US_ASCII);
  private static final byte[] AFTER_CT = "\"}}".getBytes(US_ASCII);
  private static final Base64.Encoder ENCODER = Base64.getEncoder();
  private static final Base64.Decoder DECODER = Base64.getDecoder();

  private final Gcm gcm;
  private final long messagesPerKey;
  private long messages;
  private long lastSealed;
  private long lastOpened;

  /**
   * A session's cipher.
   *
   * @param messagesPerKey how many messages the key is good for, those of both directions together
   */
  GcmSession(Gcm gcm, long messagesPerKey) {
    this.gcm = gcm;
    this.messagesPerKey = messagesPerKey;
  }

  @Override
  public byte[] seal(byte[] envelope) {
    requireKeyLeft();
    // Spent before it is used: an attempt that fails must not leave its IV to the next.
    messages++;
    byte[] iv = ByteBuffer.allocate(Gcm.IV_BYTES).putInt(FROM_SERVER).putLong(++lastSealed).array();
    return compose(ENCODER.encode(iv), ENCODER.encode(gcm.encrypt(iv, envelope)));
  }

  // Base64 needs no escape in JSON.
  private static byte[] compose(byte[] iv, byte[] ct) {
    return ByteBuffer.allocate(
            BEFORE_IV.length + iv.length + BEFORE_CT.length + ct.length + AFTER_CT.length)
        .put(BEFORE_IV)
        .put(iv)
        .put(BEFORE_CT)
        .put(ct)
        .put(AFTER_CT)
        .array();
  }

  @Override
  public byte[] open(String iv, String ct) {
    requireKeyLeft();
    byte[] nonce = decode(iv);
    if (nonce.length != Gcm.IV_BYTES) {
      throw new CipherException(
          "an IV of " + nonce.length + " bytes, expected " + Gcm.IV_BYTES, null);
    }
    ByteBuffer fields = ByteBuffer.wrap(nonce);
    int direction = fields.getInt();
    long counter = fields.getLong();
    if (direction != FROM_CLIENT) {
      throw new CipherException("an IV that is not of a client's direction", null);
    }
    if (counter <= lastOpened) {
      throw new CipherException(
          "counter " + counter + " after " + lastOpened + ", replayed or out of order", null);
    }
    byte[] plaintext = gcm.decrypt(nonce, decode(ct));
    // Only now: a counter is believed when the message that bears it is authentic.
    lastOpened = counter;
    messages++;
    return plaintext;
  }

  private void requireKeyLeft() {
    if (messages >= messagesPerKey) {
      throw new CipherException("the key is used up after " + messages + " messages", null);
    }
  }

  private static byte[] decode(String base64) {
    try {
      return DECODER.decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new CipherException("not base64", malformed);
    }
  }
}
