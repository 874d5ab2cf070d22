package dev.roomcast.ecdh;

import org.jspecify.annotations.Nullable;

/**
 * How the built-in encryption works. Both ends must agree on {@code info} and {@code
 * additionalData}. Immutable.
 *
 * @param required whether every client must encrypt, so that one that cannot is closed with 4004
 * @param serverKeys how long a key pair of the server's serves
 * @param info binds derived keys to their purpose, HKDF's {@code info} in UTF-8
 * @param additionalData authenticated with each message though it is not sent, in UTF-8; null for
 *     none
 * @param signingKey signs each agreement, so that clients who know its public key know with whom
 *     they have agreed; null for none
 * @param messagesPerKey how many messages, those of both directions together, until a session ends
 *     with 4004; 1 to 2^32
 */
public record EcdhOptions(
    boolean required,
    ServerKeys serverKeys,
    String info,
    @Nullable String additionalData,
    @Nullable SigningKey signingKey,
    long messagesPerKey) {

  /** What the reference implementation has. */
  public static final String DEFAULT_INFO = "ignis-ecdh-p256-aes-256-gcm-v1";

  /** The protocol's bound, section 1.7. */
  public static final long MAX_MESSAGES_PER_KEY = 1L << 32;

  public EcdhOptions {
    if (messagesPerKey < 1 || messagesPerKey > MAX_MESSAGES_PER_KEY) {
      throw new IllegalArgumentException(
          "messagesPerKey is " + messagesPerKey + ", expected 1 to " + MAX_MESSAGES_PER_KEY);
    }
  }

  /** Not required, one key pair, the reference's parameters, no additional data, no signature. */
  public static EcdhOptions defaults() {
    return new EcdhOptions(
        false, ServerKeys.PER_PROCESS, DEFAULT_INFO, null, null, MAX_MESSAGES_PER_KEY);
  }

  /** These options with another {@code required}. */
  public EcdhOptions withRequired(boolean value) {
    return new EcdhOptions(value, serverKeys, info, additionalData, signingKey, messagesPerKey);
  }

  /** These options with other {@code serverKeys}. */
  public EcdhOptions withServerKeys(ServerKeys value) {
    return new EcdhOptions(required, value, info, additionalData, signingKey, messagesPerKey);
  }

  /** These options with another {@code info}. */
  public EcdhOptions withInfo(String value) {
    return new EcdhOptions(required, serverKeys, value, additionalData, signingKey, messagesPerKey);
  }

  /** These options with other {@code additionalData}. */
  public EcdhOptions withAdditionalData(@Nullable String value) {
    return new EcdhOptions(required, serverKeys, info, value, signingKey, messagesPerKey);
  }

  /** These options with another {@code signingKey}. */
  public EcdhOptions withSigningKey(@Nullable SigningKey value) {
    return new EcdhOptions(required, serverKeys, info, additionalData, value, messagesPerKey);
  }

  /** These options with another {@code messagesPerKey}. */
  public EcdhOptions withMessagesPerKey(long value) {
    return new EcdhOptions(required, serverKeys, info, additionalData, signingKey, value);
  }
}
