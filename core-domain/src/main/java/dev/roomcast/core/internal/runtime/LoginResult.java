package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.internal.model.SessionEvent.Outcome;
import dev.roomcast.port.cipher.SessionCipher;
import org.jspecify.annotations.Nullable;

/** How authenticator and handshake ended together. */
sealed interface LoginResult {

  /**
   * Yes.
   *
   * @param keys null where no encryption is required
   */
  record Yes(Admission<Object> admission, @Nullable Keys keys) implements LoginResult {}

  /** No, and why. */
  record No(Outcome outcome) implements LoginResult {}

  /**
   * What the handshake agreed on.
   *
   * @param cipher null where the application encrypts by its transformer
   */
  record Keys(
      String serverPublicKey,
      String salt,
      @Nullable String signature,
      @Nullable SessionCipher cipher) {}
}
