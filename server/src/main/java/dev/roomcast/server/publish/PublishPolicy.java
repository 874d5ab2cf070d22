package dev.roomcast.server.publish;

import dev.roomcast.server.publish.PublishRequest.Target;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may publish to whom: to rooms whoever is in them; to users, clients and all whoever is
 * connected, where the configuration allows it. Pure.
 */
record PublishPolicy(Set<Reach> allowed) {
  static final String NOT_IN_ROOM = "Not in the room";
  static final String NOT_ALLOWED = "Not allowed";
  static final String AMBIGUOUS = "Expected one of room, user and client";

  PublishPolicy {
    allowed = Set.copyOf(allowed);
  }

  /**
   * Decides.
   *
   * @param to null for everyone
   * @param rooms that the sender is in
   */
  Decision decide(@Nullable Target to, Set<String> rooms) {
    if (to == null) {
      return where(Reach.ALL, new Decision.ToAll());
    }
    long named =
        Stream.of(to.room(), to.user(), to.client()).filter(Objects::nonNull).limit(2).count();
    if (named != 1) {
      return new Decision.Refused(AMBIGUOUS);
    }
    if (to.room() != null) {
      return rooms.contains(to.room())
          ? new Decision.ToRoom(to.room())
          : new Decision.Refused(NOT_IN_ROOM);
    }
    return to.user() != null
        ? where(Reach.USERS, new Decision.ToUser(to.user()))
        : where(Reach.CLIENTS, new Decision.ToClient(Objects.requireNonNull(to.client())));
  }

  private Decision where(Reach reach, Decision decision) {
    return allowed.contains(reach) ? decision : new Decision.Refused(NOT_ALLOWED);
  }
}
