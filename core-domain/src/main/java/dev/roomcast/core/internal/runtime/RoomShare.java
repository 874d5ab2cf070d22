package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.Room;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One loop's members of a room. Written and iterated by its loop alone; {@link #snapshot} may be
 * called by any thread, which is why writing is synchronized, uncontended as a rule.
 */
final class RoomShare {

  /** A session's place in a share; confined to the loop. */
  static final class Membership {
    private final RoomShare share;
    private int index;

    private Membership(RoomShare share, int index) {
      this.share = share;
      this.index = index;
    }

    /** The room that the share belongs to; null for everyone's. */
    @Nullable Room<Shard> room() {
      return share.room;
    }

    void end() {
      share.remove(this);
    }

    boolean lastLeft() {
      return share.size == 0;
    }
  }

  private static final int INITIAL_CAPACITY = 1;

  private final @Nullable Room<Shard> room;
  // Guarded by this for writing; the loop reads without, being the only writer. Parallel arrays:
  // fan-out touches sessions alone.
  private @Nullable Session[] sessions = new Session[INITIAL_CAPACITY];
  private @Nullable Membership[] memberships = new Membership[INITIAL_CAPACITY];
  private int size;

  RoomShare(@Nullable Room<Shard> room) {
    this.room = room;
  }

  synchronized Membership add(Session session) {
    if (size == sessions.length) {
      sessions = Arrays.copyOf(sessions, size * 2);
      memberships = Arrays.copyOf(memberships, size * 2);
    }
    Membership membership = new Membership(this, size);
    sessions[size] = session;
    memberships[size] = membership;
    size++;
    return membership;
  }

  private synchronized void remove(Membership gone) {
    size--;
    Membership moved = memberships[size];
    if (moved == null) {
      throw new IllegalStateException("a share lost a member");
    }
    sessions[gone.index] = sessions[size];
    memberships[gone.index] = moved;
    moved.index = gone.index;
    sessions[size] = null;
    memberships[size] = null;
  }

  /**
   * On the loop. Backwards, so that the session at hand may leave: the last one takes its place.
   */
  void forEach(Consumer<Session> action) {
    for (int i = size - 1; i >= 0; i--) {
      Session session = sessions[i];
      if (session != null) {
        action.accept(session);
      }
    }
  }

  /** The members now. Any thread. */
  synchronized List<Session> snapshot() {
    List<Session> members = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Session session = sessions[i];
      if (session != null) {
        members.add(session);
      }
    }
    return members;
  }
}
