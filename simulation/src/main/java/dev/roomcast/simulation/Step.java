package dev.roomcast.simulation;

/**
 * One thing that happens in a {@link Rehearsal}. Plain data, so that a failing list of them can be
 * shrunk and repeated. Clients are counted from 0 in the order of their connecting, modulo how many
 * there are; a step of a client does nothing while there is none.
 */
public sealed interface Step {

  /** A client connects. */
  record Connect() implements Step {}

  /** A client sends a text. */
  record Say(int client, String text) implements Step {}

  /** A client begins the closing handshake. */
  record Close(int client) implements Step {}

  /** A client's connection breaks. */
  record Vanish(int client) implements Step {}

  /** A client reads no more. */
  record Block(int client) implements Step {}

  /** A client reads everything again. */
  record Unblock(int client) implements Step {}

  /** Time passes. */
  record Pass(int millis) implements Step {}
}
