package dev.roomcast.simulation;

import java.util.List;

/**
 * One thing that happens to a cluster. Plain data: a list of actions and a seed are a whole run.
 * Numbers of clients, nodes and rooms are taken modulo what there is; an action for which there is
 * nobody does nothing.
 */
public sealed interface Action {

  /** A client connects to a node. */
  record Connect(int node) implements Action {}

  /** A client authenticates. */
  record Authenticate(int client, Login login) implements Action {}

  /**
   * A client asks to join rooms.
   *
   * @param answered whether it asks for an answer
   */
  record ClientJoin(int client, List<Integer> rooms, boolean answered) implements Action {
    public ClientJoin {
      rooms = List.copyOf(rooms);
    }
  }

  /** A client leaves a room. */
  record ClientLeave(int client, int room) implements Action {}

  /** A client sends a message to its handler. */
  record Act(int client, Script script) implements Action {}

  /** A client asks for the built-in encryption. */
  record ExchangeKeys(int client) implements Action {}

  /** A client sends what is no envelope. */
  record Nonsense(int client) implements Action {}

  /** A client begins the closing handshake. */
  record Close(int client) implements Action {}

  /** A client's connection breaks. */
  record Vanish(int client) implements Action {}

  /** A client reads no more. */
  record Block(int client) implements Action {}

  /** A client that reads no more takes some bytes. */
  record Read(int client, int bytes) implements Action {}

  /** A client reads everything again. */
  record Unblock(int client) implements Action {}

  /** A thread of the application does something. */
  record Perform(int node, Operation operation) implements Action {}

  /** The emitter sends to other than a named destination. */
  record Emit(Target to) implements Action {}

  /** Time passes. */
  record Advance(int millis) implements Action {}

  /** Everything that is under way comes to its end; then the state is compared with the model. */
  record Settle() implements Action {}

  /** A node loses the bus. */
  record LoseBus(int node) implements Action {}

  /** A node's bus comes back. */
  record RestoreBus(int node) implements Action {}

  /** The bus takes its time from now on. */
  record Latency(int millis) implements Action {}

  /** A node shuts down, and another takes its place at once. */
  record Restart(int node) implements Action {}
}
