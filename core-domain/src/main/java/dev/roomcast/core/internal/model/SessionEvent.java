package dev.roomcast.core.internal.model;

import org.jspecify.annotations.Nullable;

/** What can happen to a session. */
public sealed interface SessionEvent {

  /**
   * A message came that is no envelope.
   *
   * @param id where one could be read
   */
  record Malformed(@Nullable String id) implements SessionEvent {}

  /** An envelope came. */
  record Received(MessageKind kind, @Nullable String id) implements SessionEvent {}

  /** The authenticator, and the handshake where one is needed, came to an end. */
  record AuthenticationEnded(Outcome outcome) implements SessionEvent {}

  /** The time for {@code authenticate}, or for the authenticator, is over. */
  record AuthenticationTimedOut() implements SessionEvent {}

  /** The time for a renewal's authenticator is over. */
  record RenewalTimedOut() implements SessionEvent {}

  /** A sweep found it silent for too long. */
  record FellSilent() implements SessionEvent {}

  /** Its admission and the grace period are over. */
  record Expired() implements SessionEvent {}

  /** Somebody on the server wants it closed. */
  record CloseAsked(Ending status, Backlog backlog) implements SessionEvent {}

  /** Its connection ended. */
  record ConnectionEnded(Ending status) implements SessionEvent {}

  /** What an envelope asks for. */
  enum MessageKind {
    HEARTBEAT,
    AUTHENTICATE,
    /** {@code encrypted}, where the built-in encryption is on for this session. */
    ENCRYPTED,
    /** {@code join}, {@code leave}, and the application's events. */
    ORDINARY
  }

  /** How authenticating ended. */
  sealed interface Outcome {
    /**
     * Admitted.
     *
     * @param renewable whether the admission has an expiry
     * @param sameUser in a renewal, whether it is the same user as before
     */
    record Accepted(boolean renewable, boolean sameUser) implements Outcome {}

    /** The authenticator said no, or the data was not acceptable. */
    record Refused() implements Outcome {}

    /** The authenticator said yes, but the user has as many sessions as allowed. */
    record TooMany() implements Outcome {}

    /** The authenticator threw. */
    record Threw() implements Outcome {}

    /** Encryption is required, and the handshake refused, threw or is not configured. */
    record HandshakeFailed() implements Outcome {}

    /** An {@code Error} escaped a hook. */
    record Crashed() implements Outcome {}
  }
}
