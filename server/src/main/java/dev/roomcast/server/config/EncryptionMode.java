package dev.roomcast.server.config;

/** Who encrypts. */
enum EncryptionMode {
  /** Nobody. */
  OFF,

  /** Clients that want to. */
  OPTIONAL,

  /** Every client. */
  REQUIRED
}
