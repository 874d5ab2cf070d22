package dev.roomcast.core.hook;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.Disconnection;

/**
 * Is told that a client ended: exactly once for each client that was opened, admitted or not. It
 * comes after the client's connected hook has ended, and does not wait for a handler that still
 * runs.
 *
 * @param <M> the application's metadata
 */
@FunctionalInterface
public interface DisconnectedHook<M> {

  /**
   * A client ended.
   *
   * @param client as it was at the end, with the rooms it was in
   * @throws Exception is logged
   */
  void disconnected(Client<M> client, Disconnection cause) throws Exception;
}
