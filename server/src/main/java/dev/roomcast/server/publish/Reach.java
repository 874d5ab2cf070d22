package dev.roomcast.server.publish;

/** Whom clients may publish to beyond the rooms that they are in. */
public enum Reach {
  /** All sessions of a user. */
  USERS,
  /** One client by its id. */
  CLIENTS,
  /** Everyone. */
  ALL
}
