package dev.roomcast.port.id;

import java.security.SecureRandom;

/** Yields random bytes fit for keys and salts. Thread-safe. */
@FunctionalInterface
public interface RandomSource {

  /** Fills the array. */
  void fill(byte[] bytes);

  /** The platform's cryptographic generator. */
  static RandomSource secure() {
    return new SecureRandom()::nextBytes;
  }
}
