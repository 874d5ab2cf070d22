package dev.roomcast.testkit.cipher;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.SessionCipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A session cipher for tests: the same in every run, never equal to the plaintext, and no secret to
 * anybody. It keeps rules S01 to S03. Confined, like every session cipher.
 *
 * <p>The form is the protocol's: an IV of one byte of direction (1 server, 2 client), three zero
 * bytes and a counter; a tag of 16 bytes behind the ciphertext.
 */
public final class ReversibleCipher implements SessionCipher {
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final byte SERVER = 1;
  private static final byte CLIENT = 2;

  private final long key;
  private final byte ours;
  private final byte theirs;
  private final long maxMessages;
  private long sealed;
  private long lastOpened;

  private ReversibleCipher(long key, byte ours, byte theirs, long maxMessages) {
    this.key = key;
    this.ours = ours;
    this.theirs = theirs;
    this.maxMessages = maxMessages;
  }

  static ReversibleCipher ofServer(long key, long maxMessages) {
    return new ReversibleCipher(key, SERVER, CLIENT, maxMessages);
  }

  static ReversibleCipher ofClient(long key) {
    return new ReversibleCipher(key, CLIENT, SERVER, Long.MAX_VALUE);
  }

  @Override
  public byte[] seal(byte[] envelope) {
    if (sealed == maxMessages) {
      throw new CipherException("the key is used up after " + maxMessages + " messages", null);
    }
    byte[] iv = ByteBuffer.allocate(IV_BYTES).put(ours).putLong(4, ++sealed).array();
    byte[] hidden = Arrays.copyOf(mix(iv, envelope), envelope.length + TAG_BYTES);
    System.arraycopy(tag(iv, envelope), 0, hidden, envelope.length, TAG_BYTES);
    return "{\"event\":\"encrypted\",\"data\":{\"iv\":\"%s\",\"ct\":\"%s\"}}"
        .formatted(base64(iv), base64(hidden))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] open(String iv, String ct) {
    byte[] nonce = bytes(iv, IV_BYTES);
    byte[] hidden = bytes(ct, TAG_BYTES);
    ByteBuffer fields = ByteBuffer.wrap(nonce);
    long counter = fields.getLong(4);
    if (nonce.length != IV_BYTES || fields.getInt(0) != theirs << 24 || counter <= lastOpened) {
      throw new CipherException("replayed, out of order or from the wrong side", null);
    }
    byte[] plain = mix(nonce, Arrays.copyOf(hidden, hidden.length - TAG_BYTES));
    byte[] tag = Arrays.copyOfRange(hidden, plain.length, hidden.length);
    if (!Arrays.equals(tag, tag(nonce, plain))) {
      throw new CipherException("not authentic", null);
    }
    lastOpened = counter;
    return plain;
  }

  /**
   * Opens a whole {@code encrypted} envelope, as a client does.
   *
   * @throws CipherException also if the text is no such envelope
   */
  public String openEnvelope(String text) {
    SealedEnvelope sealedByServer = SealedEnvelope.of(text);
    return new String(open(sealedByServer.iv(), sealedByServer.ct()), StandardCharsets.UTF_8);
  }

  /** Seals a whole envelope, as a client does. */
  public String sealEnvelope(String envelope) {
    return new String(seal(envelope.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  /** Its own inverse: each byte with one of a stream that key and IV determine. */
  private byte[] mix(byte[] iv, byte[] text) {
    byte[] mixed = new byte[text.length];
    long stream = key ^ Arrays.hashCode(iv);
    for (int i = 0; i < text.length; i++) {
      stream = stream * 6364136223846793005L + 1442695040888963407L;
      mixed[i] = (byte) (text[i] ^ (stream >>> 56));
    }
    return mixed;
  }

  private byte[] tag(byte[] iv, byte[] plain) {
    long first = key;
    long second = ~key;
    for (byte[] part : new byte[][] {iv, plain}) {
      for (byte b : part) {
        first = (first ^ b) * 0x100000001b3L;
        second = (second + b) * 0x9E3779B97F4A7C15L;
      }
    }
    return ByteBuffer.allocate(TAG_BYTES).putLong(first).putLong(second).array();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64, int least) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new CipherException("not base64", malformed);
    }
    if (decoded.length < least) {
      throw new CipherException("only " + decoded.length + " bytes, expected " + least, null);
    }
    return decoded;
  }
}
