package dev.roomcast.simulation;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.ClientState;
import dev.roomcast.testkit.transport.SimulatedTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What holds of a server between any two steps, seen through its public look-ups alone. */
final class StateInvariants {
  <M> void check(RoomServer<M> server, SimulatedTransport transport) {
    Map<String, Client<M>> clients = new LinkedHashMap<>();
    server.clients().forEach(client -> clients.put(client.id(), client));
    clients.values().forEach(client -> checkIndexed(server, client));
    for (String room : server.rooms()) {
      for (Client<M> member : server.room(room).here().clients()) {
        Client<M> known = clients.get(member.id());
        if (known == null || !known.rooms().contains(room)) {
          broken("rooms and sessions mirror each other", member + " is only in the room " + room);
        }
      }
    }
    for (String user : server.users()) {
      for (Client<M> session : server.user(user).clients()) {
        if (session.state() != ClientState.AUTHENTICATED || !user.equals(session.user())) {
          broken("a user is indexed while a session is AUTHENTICATED", session + " as " + user);
        }
      }
    }
    checkCounts(server, transport, clients);
  }

  private <M> void checkIndexed(RoomServer<M> server, Client<M> client) {
    boolean admitted = client.state() == ClientState.AUTHENTICATED;
    if (has(server.everyone().clients(), client) != admitted) {
      broken("everyone is who is AUTHENTICATED", client.toString());
    }
    if (admitted != client.rooms().contains(client.id())) {
      broken("a client is in its own room while it is AUTHENTICATED", client.toString());
    }
    for (String room : client.rooms()) {
      if (!has(server.room(room).clients(), client)) {
        broken("rooms and sessions mirror each other", client + " is not in the room " + room);
      }
    }
    String user = client.user();
    if (admitted && user != null) {
      if (!server.users().contains(user) || !has(server.user(user).clients(), client)) {
        broken("a user is indexed while a session is AUTHENTICATED", client.toString());
      }
    }
  }

  private static <M> boolean has(List<Client<M>> clients, Client<M> one) {
    return clients.stream().anyMatch(client -> client.id().equals(one.id()));
  }

  private <M> void checkCounts(
      RoomServer<M> server, SimulatedTransport transport, Map<String, Client<M>> clients) {
    if (server.connections() != transport.connections()) {
      broken(
          "every connection is counted", server.connections() + " for " + transport.connections());
    }
    long strangers =
        clients.values().stream()
            .filter(client -> client.state() != ClientState.AUTHENTICATED)
            .count();
    // Whoever was refused counts until the socket is gone.
    int lingering = server.connections() - clients.size();
    if (server.unauthenticatedConnections() < strangers
        || server.unauthenticatedConnections() > strangers + lingering) {
      broken(
          "every connection that is not admitted is counted",
          server.unauthenticatedConnections() + " for " + strangers);
    }
  }

  /** What holds besides when nothing is under way. */
  <M> void checkAtRest(RoomServer<M> server, SimulatedTransport transport) {
    check(server, transport);
    Set<String> rooms = new TreeSet<>();
    Set<String> users = new TreeSet<>();
    for (Client<M> client : server.clients()) {
      rooms.addAll(client.rooms());
      rooms.remove(client.id());
      if (client.state() == ClientState.AUTHENTICATED) {
        client.userId().ifPresent(users::add);
      }
    }
    if (!rooms.equals(server.rooms())) {
      broken("no empty room exists", server.rooms() + ", expected " + rooms);
    }
    if (!users.equals(server.users())) {
      broken("no user without a session is indexed", server.users() + ", expected " + users);
    }
  }

  /** What holds when everyone has left. */
  void checkEmpty(RoomServer<?> server) {
    boolean empty =
        server.rooms().isEmpty()
            && server.users().isEmpty()
            && server.clients().isEmpty()
            && server.everyone().clients().isEmpty()
            && server.connections() == 0
            && server.unauthenticatedConnections() == 0;
    if (!empty) {
      broken(
          "after everyone left, nothing is left",
          "rooms %s, users %s, clients %s, connections %d and %d"
              .formatted(
                  server.rooms(),
                  server.users(),
                  server.clients(),
                  server.connections(),
                  server.unauthenticatedConnections()));
    }
  }

  /** What holds besides of a server that goes on. */
  void checkForgotten(RoomServer<?> server) {
    long sessions = Reachable.count(server, "Session");
    if (sessions > 0) {
      broken("nothing is kept of who is gone", "the server holds " + sessions + " sessions");
    }
  }

  private static void broken(String invariant, String how) {
    throw new AssertionError("invariant broken: " + invariant + ": " + how);
  }
}
