package dev.roomcast.core.internal.model;

import org.jspecify.annotations.Nullable;

/** What the runtime is to do after a transition, in order. */
public sealed interface Effect {

  /** Sends an {@code error}. */
  record Answer(ErrorText error, @Nullable String id) implements Effect {}

  /** Starts the authenticator for the message at hand, with its time-out. */
  record Authenticate() implements Effect {}

  /** Starts the authenticator for a renewal. */
  record Renew() implements Effect {}

  /** Indexes the session, joins rooms, sends {@code connected}, switches encryption on. */
  record Admit() implements Effect {}

  /** Replaces metadata and expiry, and answers {@code authenticated}. */
  record Renewed(@Nullable String requestId) implements Effect {}

  /** Puts the message at hand into the client's mailbox. */
  record Enqueue() implements Effect {}

  /** Decrypts the message at hand and handles what comes out. */
  record Decrypt() implements Effect {}

  /** Leaves every index, runs the disconnected hook. Always before {@link Close}. */
  record Retire(Ending status, boolean admitted) implements Effect {}

  /** Closes the connection. */
  record Close(Ending status, Backlog backlog) implements Effect {}
}
