package dev.roomcast.core.internal.hub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which loops have a claim on a name: the members of a room, or the sessions of a user, live on
 * them, or are about to. Mutated by its {@link RoomIndex} alone; {@link #loops} may be read by any
 * thread.
 *
 * @param <L> the loop
 */
public final class Room<L> {
  private final String name;

  /**
   * Guarded by the index's lock on this name. In order of claiming, so that runs can be repeated.
   */
  private final Map<L, Integer> claims = new LinkedHashMap<>(2);

  private int total; // guarded like claims

  private volatile List<L> loops = List.of();

  Room(String name) {
    this.name = name;
  }

  /** The room's name or the user's id. */
  public String name() {
    return name;
  }

  /** The loops with a claim; immutable. */
  public List<L> loops() {
    return loops;
  }

  void claim(L loop) {
    total++;
    if (claims.merge(loop, 1, Integer::sum) == 1) {
      publishLoops();
    }
  }

  /** Gives back one claim. */
  void release(L loop) {
    Integer before = claims.get(loop);
    if (before == null) {
      throw new IllegalStateException("no claim on " + name + " to release");
    }
    total--;
    Integer left = claims.compute(loop, Room::lessOne);
    if (left == null) {
      publishLoops();
    }
  }

  private static <L> @Nullable Integer lessOne(L loop, @Nullable Integer count) {
    return count == null || count == 1 ? null : count - 1;
  }

  int total() {
    return total;
  }

  private void publishLoops() {
    loops = List.copyOf(new ArrayList<>(claims.keySet()));
  }
}
