package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.ClientState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What other threads see of a session; replaced as a whole at each change. Immutable. */
record Profile(
    ClientState state,
    @Nullable String userId,
    @Nullable Object metadata,
    @Nullable Instant expiresAt,
    boolean encrypted,
    @Nullable String serverPublicKey,
    @Nullable String salt) {

  static final Profile NOBODY =
      new Profile(ClientState.UNAUTHORIZED, null, null, null, false, null, null);

  Profile in(ClientState next) {
    return new Profile(next, userId, metadata, expiresAt, encrypted, serverPublicKey, salt);
  }

  Profile as(@Nullable String user, @Nullable Object data, @Nullable Instant expiry) {
    return new Profile(state, user, data, expiry, encrypted, serverPublicKey, salt);
  }

  Profile encryptedWith(@Nullable String publicKey, @Nullable String keySalt) {
    return new Profile(state, userId, metadata, expiresAt, true, publicKey, keySalt);
  }
}
