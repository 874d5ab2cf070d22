package dev.roomcast.core.internal.hub;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients, users and rooms of one server, by name. Thread-safe.
 *
 * @param <S> the session
 * @param <L> the loop
 */
public final class Directory<S, L> {
  private final ConcurrentHashMap<String, S> clients = new ConcurrentHashMap<>();
  private final RoomIndex<L> users = new RoomIndex<>(Interest.none());
  private final RoomIndex<L> rooms;

  public Directory(Interest interest) {
    rooms = new RoomIndex<>(interest);
  }

  /** From a connection's opening until its close is queued. */
  public void add(String clientId, S session) {
    clients.put(clientId, session);
  }

  public void remove(String clientId) {
    clients.remove(clientId);
  }

  public Optional<S> client(String clientId) {
    return Optional.ofNullable(clients.get(clientId));
  }

  public boolean isClient(String clientId) {
    return clients.containsKey(clientId);
  }

  /** Every session; a live view. */
  public Collection<S> clients() {
    return clients.values();
  }

  public RoomIndex<L> users() {
    return users;
  }

  public RoomIndex<L> rooms() {
    return rooms;
  }
}
