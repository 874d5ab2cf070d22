package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.file;
import static dev.roomcast.server.config.Option.own;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What the server shows of itself, and whom it asks to do the same. */
final class TlsSection {
  static final Option<Path> CERT =
      file(
          "--tls-cert",
          "The server's certificate in PEM, then those that issued it: https and wss only. Read"
              + " anew when it changes.");
  static final Option<Path> KEY =
      file("--tls-key", "Its private key in PEM, PKCS#8, not encrypted.");
  static final Option<Path> KEYSTORE =
      file(
          "--tls-keystore",
          "Certificate and key in PKCS#12 or JKS instead. Its password is in the variable "
              + Given.TLS_PASSWORD
              + " or a file.");
  static final Option<Path> PASSWORD_FILE =
      file("--tls-password-file", "A file with that password in its first line.");
  static final Option<Path> CLIENT_CA =
      file(
          "--tls-client-ca",
          "Authorities in PEM: only clients with a certificate of theirs may connect; none.");
  static final Option<Duration> RELOAD =
      own(
          "--tls-reload",
          "<duration>",
          "How often it is looked at whether these files have changed; 10s.",
          Reader.duration());

  static final Section SECTION =
      new Section("TLS", List.of(CERT, KEY, KEYSTORE, PASSWORD_FILE, CLIENT_CA, RELOAD));

  private TlsSection() {}
}
