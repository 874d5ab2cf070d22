package dev.roomcast.server.room;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.RoomValidator;
import java.util.Collection;
import java.util.List;

/** Lets clients into the rooms of the server's patterns and of their own. Immutable. */
public final class PatternRooms implements RoomValidator<Member> {
  private final List<RoomPattern> everybodys;

  /** With the patterns that hold for every user. */
  public PatternRooms(List<RoomPattern> everybodys) {
    this.everybodys = List.copyOf(everybodys);
  }

  @Override
  public Collection<String> allowed(Client<Member> client, List<String> asked) {
    List<RoomPattern> own = client.metadata().rooms();
    return asked.stream()
        .filter(room -> any(everybodys, room, client) || any(own, room, client))
        .toList();
  }

  private static boolean any(List<RoomPattern> patterns, String room, Client<Member> client) {
    return patterns.stream().anyMatch(pattern -> pattern.allows(room, client.user()));
  }
}
