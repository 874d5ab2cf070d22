package dev.roomcast.simulation;

import java.util.List;

/** The names that every simulated world has. */
final class World {
  static final List<String> DEFAULT_ROOMS = List.of("ws-default", "ws-notification");

  /** Rooms to join and leave; the room validator refuses the one that is closed. */
  static final String CLOSED_ROOM = "closed";

  /** The room that some connected hooks join their client to. */
  static final String LOBBY = "lobby";

  private static final List<String> ROOMS =
      List.of("red", "green", "blue", LOBBY, "ws-default", CLOSED_ROOM);
  private static final List<String> USERS = List.of("ann", "bob", "cem");

  static final int LOBBY_NUMBER = ROOMS.indexOf(LOBBY);

  private World() {}

  static String room(int number) {
    return ROOMS.get(Math.floorMod(number, ROOMS.size()));
  }

  static String user(int number) {
    return USERS.get(Math.floorMod(number, USERS.size()));
  }
}
