package dev.roomcast.core.internal.model;

import dev.roomcast.core.audience.ClientState;
import org.jspecify.annotations.Nullable;

/** Where a session stands, with what the machine needs to go on. */
public sealed interface SessionState {

  /** Nobody yet. */
  record Unauthorized() implements SessionState {}

  /**
   * The authenticator or the handshake runs.
   *
   * @param requestId of the {@code authenticate} message
   */
  record Authenticating(@Nullable String requestId) implements SessionState {}

  /**
   * Admitted.
   *
   * @param renewable whether the admission has an expiry, so that it may be renewed
   * @param renewal the renewal that runs, or null
   */
  record Authenticated(boolean renewable, @Nullable Renewal renewal) implements SessionState {}

  /**
   * Over.
   *
   * @param admitted whether it had been admitted
   */
  record Disconnected(Ending status, boolean admitted) implements SessionState {}

  /** A second {@code authenticate} that runs. */
  record Renewal(@Nullable String requestId) {}

  /** The public name of this state. */
  default ClientState publicState() {
    return switch (this) {
      case Unauthorized u -> ClientState.UNAUTHORIZED;
      case Authenticating a -> ClientState.AUTHENTICATING;
      case Authenticated a -> ClientState.AUTHENTICATED;
      case Disconnected d -> ClientState.DISCONNECTED;
    };
  }
}
