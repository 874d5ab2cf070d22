package dev.roomcast.core.internal.hub;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rooms by name, or users by id. A room exists while it is claimed. Thread-safe: what happens to
 * one name happens under the map's lock for it.
 *
 * @param <L> the loop
 */
public final class RoomIndex<L> {
  private final ConcurrentHashMap<String, Room<L>> rooms = new ConcurrentHashMap<>();
  private final Interest interest;

  public RoomIndex(Interest interest) {
    this.interest = interest;
  }

  /** Claims a name for a loop. */
  public Room<L> claim(String name, L loop) {
    Room<L> claimed = claim(name, loop, Integer.MAX_VALUE);
    if (claimed == null) {
      throw new IllegalStateException(name + " has as many claims as can be counted");
    }
    return claimed;
  }

  /** Claims a name for a loop, unless it has {@code limit} claims already; then null. */
  public @Nullable Room<L> claim(String name, L loop, int limit) {
    boolean[] taken = new boolean[1];
    Room<L> room =
        rooms.compute(
            name,
            (key, existing) -> {
              Room<L> here = existing == null ? new Room<>(key) : existing;
              taken[0] = here.total() < limit;
              if (taken[0]) {
                if (here.total() == 0) {
                  interest.gained(key);
                }
                here.claim(loop);
              }
              return here.total() == 0 ? null : here;
            });
    return taken[0] ? room : null;
  }

  /** Gives back one claim. */
  public void release(Room<L> room, L loop) {
    rooms.computeIfPresent(
        room.name(),
        (key, existing) -> {
          existing.release(loop);
          if (existing.total() > 0) {
            return existing;
          }
          interest.lost(key);
          return null;
        });
  }

  /** The room of that name, if it exists. */
  public Optional<Room<L>> find(String name) {
    return Optional.ofNullable(rooms.get(name));
  }

  /** Whether the name is claimed. */
  public boolean contains(String name) {
    return rooms.containsKey(name);
  }

  /** The names claimed now; a live view. */
  public Set<String> names() {
    return rooms.keySet();
  }
}
