package dev.roomcast.testkit.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.SessionCipher;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** A {@link P256Client}'s end of one session. Confined, like every session cipher. */
public final class P256Session implements SessionCipher {
  private static final int IV_BYTES = 12;
  private static final int FROM_SERVER = 0x01000000;
  private static final int FROM_CLIENT = 0x02000000;

  private final SecretKey key;
  private final byte[] additionalData;
  private long sent;
  private long received;

  P256Session(SecretKey key, byte[] additionalData) {
    this.key = key;
    this.additionalData = additionalData;
  }

  @Override
  public byte[] seal(byte[] envelope) {
    return seal(FROM_CLIENT, ++sent, envelope).getBytes(UTF_8);
  }

  /** Seals a whole envelope, as a client does. */
  public String sealEnvelope(String envelope) {
    return new String(seal(envelope.getBytes(UTF_8)), UTF_8);
  }

  /** Seals with a counter of the test's choice, which no client may do. */
  public String sealEnvelope(String envelope, long counter) {
    return seal(FROM_CLIENT, counter, envelope.getBytes(UTF_8));
  }

  private String seal(int direction, long counter, byte[] envelope) {
    byte[] iv = ByteBuffer.allocate(IV_BYTES).putInt(direction).putLong(counter).array();
    byte[] ct = run(Cipher.ENCRYPT_MODE, iv, envelope);
    Base64.Encoder base64 = Base64.getEncoder();
    return "{\"event\":\"encrypted\",\"data\":{\"iv\":\"%s\",\"ct\":\"%s\"}}"
        .formatted(base64.encodeToString(iv), base64.encodeToString(ct));
  }

  @Override
  public byte[] open(String iv, String ct) {
    byte[] nonce = decode(iv);
    byte[] hidden = decode(ct);
    if (nonce.length != IV_BYTES || ByteBuffer.wrap(nonce).getInt() != FROM_SERVER) {
      throw new CipherException("not from the server", null);
    }
    long counter = ByteBuffer.wrap(nonce).getLong(Integer.BYTES);
    if (counter <= received) {
      throw new CipherException("counter " + counter + " after " + received, null);
    }
    byte[] plain = run(Cipher.DECRYPT_MODE, nonce, hidden);
    received = counter;
    return plain;
  }

  /**
   * Opens a whole {@code encrypted} envelope, as a client does.
   *
   * @throws CipherException also if the text is no such envelope
   */
  public String openEnvelope(String text) {
    SealedEnvelope sealed = SealedEnvelope.of(text);
    return new String(open(sealed.iv(), sealed.ct()), UTF_8);
  }

  private byte[] run(int mode, byte[] iv, byte[] text) {
    try {
      Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
      aes.init(mode, key, new GCMParameterSpec(128, iv));
      aes.updateAAD(additionalData);
      return aes.doFinal(text);
    } catch (GeneralSecurityException refused) {
      throw new CipherException("refused", refused);
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw new CipherException("no base64", malformed);
    }
  }
}
