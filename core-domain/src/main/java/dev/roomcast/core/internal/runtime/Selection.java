package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.Room;
import java.util.Collection;
import java.util.List;

/** Which sessions of a server a command is for; resolved by each loop when it gets there. */
public sealed interface Selection {

  /** One session. */
  record One(Session session) implements Selection {}

  /** The members of a room, or the sessions of a user. */
  record Members(Room<Shard> room) implements Selection {}

  /** Every admitted session. */
  record Everyone(Collection<Shard> shards) implements Selection {}

  /** The loops that have to be asked. */
  default Collection<Shard> shards() {
    return switch (this) {
      case One(Session session) -> List.of(session.shard());
      case Members(Room<Shard> room) -> room.loops();
      case Everyone(Collection<Shard> shards) -> shards;
    };
  }
}
