package dev.roomcast.ecdh;

/** How long a key pair of the server's serves. Clients have a new one for each connection. */
public enum ServerKeys {
  /**
   * One pair for as long as the encryption lives, new at each start: the protocol's default.
   * Whoever learns its private key, which is nowhere but in this process's memory, can read what
   * was recorded since the start.
   */
  PER_PROCESS,

  /**
   * One pair for each connection, forgotten with it: nothing recorded of a connection that has
   * ended can be read by anybody. Costs about a fifth more CPU for each agreement.
   */
  PER_CONNECTION
}
