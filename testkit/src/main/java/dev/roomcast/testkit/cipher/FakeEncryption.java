package dev.roomcast.testkit.cipher;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Agrees on keys for {@link ReversibleCipher}s. A public key is any text that begins with {@code
 * key-}; everything else is refused. Thread-safe.
 */
public final class FakeEncryption implements Encryption {
  private static final String SERVER_KEY = "key-server";

  private final boolean required;
  private final long maxMessages;
  private final AtomicLong salts = new AtomicLong();

  /**
   * An encryption whose keys are never used up.
   *
   * @param required whether every client must encrypt
   */
  public FakeEncryption(boolean required) {
    this(required, Long.MAX_VALUE);
  }

  /**
   * An encryption whose keys are used up after some messages.
   *
   * @param maxMessages how many messages a server seals under one key
   */
  public FakeEncryption(boolean required, long maxMessages) {
    this.required = required;
    this.maxMessages = maxMessages;
  }

  @Override
  public boolean enforced() {
    return required;
  }

  @Override
  public KeyAgreement agree(String clientId, String clientPublicKey) {
    requireKey(clientPublicKey);
    String salt = "salt-" + salts.incrementAndGet();
    long key = key(clientPublicKey, SERVER_KEY, salt);
    return new KeyAgreement(SERVER_KEY, salt, null, ReversibleCipher.ofServer(key, maxMessages));
  }

  /**
   * The client's end of a session.
   *
   * @param clientPublicKey what the client sent
   * @param serverPublicKey what it was answered
   * @param salt what it was answered
   */
  public static ReversibleCipher client(
      String clientPublicKey, String serverPublicKey, String salt) {
    return ReversibleCipher.ofClient(key(clientPublicKey, serverPublicKey, salt));
  }

  private static void requireKey(String publicKey) {
    if (!publicKey.startsWith("key-")) {
      throw new CipherException("a public key of this fake begins with key-", null);
    }
  }

  private static long key(String clientKey, String serverKey, String salt) {
    return 0x9E3779B97F4A7C15L * (1L + Objects.hash(clientKey, serverKey, salt));
  }
}
