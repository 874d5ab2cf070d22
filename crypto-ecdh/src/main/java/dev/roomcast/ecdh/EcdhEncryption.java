package dev.roomcast.ecdh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.roomcast.port.cipher.CipherException;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.id.RandomSource;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Agrees on keys by ECDH on P-256 and HKDF-SHA-256, for messages under AES-256-GCM: the protocol,
 * section 1.7. Each session has a key of its own, which nobody keeps but the session. Thread-safe.
 *
 * <pre>{@code
 * RoomServer.<Member>builder().encryption(EcdhEncryption.create())             // who wants to
 * RoomServer.<Member>builder().encryption(EcdhEncryption.create().required())  // everybody must
 * }</pre>
 */
public final class EcdhEncryption implements Encryption {
  private static final int SALT_BYTES = 32;
  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private final EcdhOptions options;
  private final @Nullable ServerKey ofProcess;
  private final RandomSource random;

  private EcdhEncryption(EcdhOptions options, @Nullable ServerKey ofProcess, RandomSource random) {
    this.options = options;
    this.ofProcess = ofProcess;
    this.random = random;
  }

  /** An encryption that clients may use, with a new key pair of the server's. */
  public static EcdhEncryption create() {
    return with(EcdhOptions.defaults());
  }

  /** An encryption as the options have it. */
  public static EcdhEncryption with(EcdhOptions options) {
    ServerKey ofProcess =
        switch (options.serverKeys()) {
          case PER_PROCESS -> ServerKey.generate();
          case PER_CONNECTION -> null;
        };
    return new EcdhEncryption(options, ofProcess, RandomSource.secure());
  }

  /** The same, with the same key pair, that every client must use. */
  public EcdhEncryption required() {
    return new EcdhEncryption(options.withRequired(true), ofProcess, random);
  }

  @Override
  public boolean enforced() {
    return options.required();
  }

  @Override
  public KeyAgreement agree(String clientId, String clientPublicKey) {
    byte[] clientPoint = decode(clientPublicKey);
    var clientKey = P256.decode(clientPoint);
    ServerKey ours = ofProcess == null ? ServerKey.generate() : ofProcess;
    byte[] salt = new byte[SALT_BYTES];
    random.fill(salt);

    byte[] secret = P256.agree(ours.privateKey(), clientKey);
    byte[] key = Hkdf.derive(secret, salt, options.info().getBytes(UTF_8));
    Gcm gcm = new Gcm(key, utf8(options.additionalData()));
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(key, (byte) 0);

    SigningKey signer = options.signingKey();
    String signature =
        signer == null
            ? null
            : BASE64.encodeToString(
                signer.sign(Transcript.of(ours.point(), clientPoint, salt, clientId)));
    return new KeyAgreement(
        BASE64.encodeToString(ours.point()),
        BASE64.encodeToString(salt),
        signature,
        new GcmSession(gcm, options.messagesPerKey()));
  }

  private static byte[] decode(String publicKey) {
    try {
      return Base64.getDecoder().decode(publicKey);
    } catch (IllegalArgumentException malformed) {
      throw new CipherException("a public key that is not base64", malformed);
    }
  }

  private static byte @Nullable [] utf8(@Nullable String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }
}
