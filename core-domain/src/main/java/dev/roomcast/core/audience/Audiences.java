package dev.roomcast.core.audience;

import java.util.Collection;
import java.util.Optional;

/**
 * Names audiences and looks clients up: what hooks and the application's services need of a server.
 * Thread-safe.
 *
 * @param <M> the application's metadata
 */
public interface Audiences<M> {

  /** One client, on whichever server it is. */
  Audience<M> client(String clientId);

  /** All sessions of a user. */
  Audience<M> user(String userId);

  /**
   * The members of a room.
   *
   * @throws IllegalArgumentException if the name is not valid
   */
  Audience<M> room(String name);

  /** Everyone. */
  Audience<M> everyone();

  /**
   * The seed's rule for a destination: if a client of this server bears that id, that client;
   * otherwise the room of that name.
   */
  Audience<M> named(String destination);

  /** Every client of this server that is not disconnected, in whatever state. A snapshot. */
  Collection<Client<M>> clients();

  /** A client of this server, in whatever state but disconnected. */
  Optional<Client<M>> find(String clientId);
}
