package dev.roomcast.simulation;

import java.util.List;

/** What an application does with its server, from a thread of its own or from a handler. */
public sealed interface Operation {

  /**
   * Sends a numbered message.
   *
   * @param except clients left out
   * @param here whether other servers are spared
   */
  record Send(Target to, List<Integer> except, boolean here) implements Operation {
    public Send {
      except = List.copyOf(except);
    }
  }

  /** Makes clients join a room. */
  record Join(Target who, int room) implements Operation {}

  /** Makes clients leave a room. */
  record Leave(Target who, int room) implements Operation {}

  /** Closes clients with 4007. */
  record Disconnect(Target who) implements Operation {}

  /** Switches the application's encryption on for a client of this server. */
  record Encrypt(int client) implements Operation {}
}
