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
          EncryptionSection.KEYS,
          EncryptionSection.SIGNING_KEY,
          EncryptionSection.INFO,
          EncryptionSection.ADDITIONAL_DATA,
          EncryptionSection.ACCEPT_PLAINTEXT);

  private EncryptionChoice() {}

  /**
   * How to encrypt; empty for not at all.
   *
   * @throws ConfigException if something is wrong, or was given in vain
   */
  static Optional<EcdhOptions> of(Given given) {
    EncryptionMode mode = given.value(EncryptionSection.MODE).orElse(EncryptionMode.OPTIONAL);
    if (mode == EncryptionMode.OFF) {
      DETAILS.forEach(
          option -> {
            if (given.value(option).isPresent()) {
              throw given.wrong(option, "expected none where --encryption is off");
            }
          });
      return Optional.empty();
    }
    if (mode == EncryptionMode.REQUIRED
        && given.value(ConnectionSection.COMPRESSION).orElse(false)) {
      throw given.wrong(
          ConnectionSection.COMPRESSION,
          "expected false where --encryption is required, since what is encrypted is never"
              + " compressed");
    }
    EcdhOptions options = EcdhOptions.defaults().withRequired(mode == EncryptionMode.REQUIRED);
    return Optional.of(
        options
            .withServerKeys(given.value(EncryptionSection.KEYS).orElse(options.serverKeys()))
            .withInfo(given.value(EncryptionSection.INFO).orElse(options.info()))
            .withAdditionalData(given.value(EncryptionSection.ADDITIONAL_DATA).orElse(null))
            .withSigningKey(
                given
                    .value(EncryptionSection.SIGNING_KEY)
                    .map(file -> signingKey(given, file))
                    .orElse(null)));
  }

  private static SigningKey signingKey(Given given, Path file) {
    try {
      return SigningKey.fromPem(Files.readString(file));
    } catch (IOException | IllegalArgumentException wrong) {
      throw given.wrong(
          EncryptionSection.SIGNING_KEY,
          "expected a file with a private key on P-256 in PEM: " + wrong.getMessage());
    }
  }
}
