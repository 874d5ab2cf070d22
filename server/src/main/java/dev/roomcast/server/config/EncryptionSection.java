package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.file;
import static dev.roomcast.server.config.Option.own;
import static dev.roomcast.server.config.Option.yesOrNo;

import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.ecdh.ServerKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Encryption between clients and the server, above TLS. */
final class EncryptionSection {
  static final Option<EncryptionMode> MODE =
      own(
          "--encryption",
          "<off|optional|required>",
          "Whether clients may encrypt their messages, or must; otherwise 4004. Optional.",
          Reader.word(
              Map.of(
                  "off", EncryptionMode.OFF,
                  "optional", EncryptionMode.OPTIONAL,
                  "required", EncryptionMode.REQUIRED)));
  static final Option<ServerKeys> KEYS =
      own(
          "--encryption-keys",
          "<per-process|per-connection>",
          "How long a key pair of the server's serves; per-process.",
          Reader.word(
              Map.of(
                  "per-process", ServerKeys.PER_PROCESS,
                  "per-connection", ServerKeys.PER_CONNECTION)));
  static final Option<Path> SIGNING_KEY =
      file(
          "--encryption-signing-key",
          "Signs each key exchange, so that clients who know its public key know the server; the"
              + " log tells it. From: openssl genpkey -algorithm EC -pkeyopt"
              + " ec_paramgen_curve:P-256. None.");
  static final Option<String> INFO =
      own(
          "--encryption-info",
          "<text>",
          "What derived keys are for, the same at both ends; " + EcdhOptions.DEFAULT_INFO + ".",
          Reader.text());
  static final Option<String> ADDITIONAL_DATA =
      own(
          "--encryption-additional-data",
          "<text>",
          "Authenticated with each message, the same at both ends; none.",
          Reader.text());
  static final Option<Boolean> ACCEPT_PLAINTEXT =
      yesOrNo(
          "--accept-plaintext",
          "Whether a client that encrypts may also send in the clear; true.",
          OptionsBuilder::acceptPlaintext);

  static final Section SECTION =
      new Section(
          "Encryption", List.of(MODE, KEYS, SIGNING_KEY, INFO, ADDITIONAL_DATA, ACCEPT_PLAINTEXT));

  private EncryptionSection() {}
}
