package dev.roomcast.simulation;

/**
 * Whom an {@link Operation} is for. Numbers are taken modulo what there is, so that a list of
 * actions stays meaningful when some are left out.
 */
public sealed interface Target {

  /** One client; of whichever server. */
  record ToClient(int client) implements Target {}

  /** The seed's rule for a destination, given a client's id. */
  record ToNamed(int client) implements Target {}

  /** All sessions of a user. */
  record ToUser(int user) implements Target {}

  /** The members of a room. */
  record ToRoom(int room) implements Target {}

  /** Everyone. */
  record ToEveryone() implements Target {}
}
