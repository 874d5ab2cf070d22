package dev.roomcast.server.room;

import java.util.List;

/**
 * What the runnable server keeps with each client.
 *
 * @param rooms that it may join on top of those for everybody
 */
public record Member(List<RoomPattern> rooms) {
  /** Somebody with the rooms for everybody alone. */
  public static final Member PLAIN = new Member(List.of());

  public Member {
    rooms = List.copyOf(rooms);
  }
}
