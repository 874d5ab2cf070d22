package dev.roomcast.server.publish;

/** What is done with a publish. */
sealed interface Decision {

  /** To the members of a room. */
  record ToRoom(String room) implements Decision {}

  /** To all sessions of a user. */
  record ToUser(String user) implements Decision {}

  /** To one client. */
  record ToClient(String client) implements Decision {}

  /** To everyone. */
  record ToAll() implements Decision {}

  /**
   * To nobody.
   *
   * @param reason for the sender, one of the texts of {@link PublishPolicy}
   */
  record Refused(String reason) implements Decision {}
}
