package dev.roomcast.core.hook;

import dev.roomcast.core.audience.Client;

/**
 * Is told that a client was admitted, after {@code connected} was queued for it and before its
 * first message is handled.
 *
 * @param <M> the application's metadata
 */
@FunctionalInterface
public interface ConnectedHook<M> {

  /**
   * A client was admitted.
   *
   * @throws Exception is logged; the connection stays
   */
  void connected(Client<M> client) throws Exception;
}
