package dev.roomcast.server.config;

import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.ecdh.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What was given of encryption, as one. */
final class EncryptionChoice {
  /** What says nothing without encryption. */
  private static final List<Option<?>> DETAILS =
      List.of(
          ServeOptions.ENCRYPTION_KEYS,
          ServeOptions.ENCRYPTION_SIGNING_KEY,
          ServeOptions.ENCRYPTION_INFO,
          ServeOptions.ENCRYPTION_ADDITIONAL_DATA,
          ServeOptions.ACCEPT_PLAINTEXT);

  private EncryptionChoice() {}

  /**
   * How to encrypt; empty for not at all.
   *
   * @throws ConfigException if something is wrong, or was given in vain
   */
  static Optional<EcdhOptions> of(Given given) {
    EncryptionMode mode = given.value(ServeOptions.ENCRYPTION).orElse(EncryptionMode.OPTIONAL);
    if (mode == EncryptionMode.OFF) {
      DETAILS.forEach(
          option -> {
            if (given.value(option).isPresent()) {
              throw given.wrong(option, "expected none where --encryption is off");
            }
          });
      return Optional.empty();
    }
    if (mode == EncryptionMode.REQUIRED && given.value(ServeOptions.COMPRESSION).orElse(false)) {
      throw given.wrong(
          ServeOptions.COMPRESSION,
          "expected false where --encryption is required, since what is encrypted is never"
              + " compressed");
    }
    EcdhOptions options = EcdhOptions.defaults().withRequired(mode == EncryptionMode.REQUIRED);
    return Optional.of(
        options
            .withServerKeys(given.value(ServeOptions.ENCRYPTION_KEYS).orElse(options.serverKeys()))
            .withInfo(given.value(ServeOptions.ENCRYPTION_INFO).orElse(options.info()))
            .withAdditionalData(given.value(ServeOptions.ENCRYPTION_ADDITIONAL_DATA).orElse(null))
            .withSigningKey(
                given
                    .value(ServeOptions.ENCRYPTION_SIGNING_KEY)
                    .map(file -> signingKey(given, file))
                    .orElse(null)));
  }

  private static SigningKey signingKey(Given given, Path file) {
    try {
      return SigningKey.fromPem(Files.readString(file));
    } catch (IOException | IllegalArgumentException wrong) {
      throw given.wrong(
          ServeOptions.ENCRYPTION_SIGNING_KEY,
          "expected a file with a private key on P-256 in PEM: " + wrong.getMessage());
    }
  }
}
