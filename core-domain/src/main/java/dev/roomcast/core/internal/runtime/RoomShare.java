package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.Room;
import dev.roomcast.port.transport.Flush;
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
  // fan-out touches the senders alone.
  private @Nullable Sender[] senders = new Sender[INITIAL_CAPACITY];
  private @Nullable Membership[] memberships = new Membership[INITIAL_CAPACITY];
  private int size;

  RoomShare(@Nullable Room<Shard> room) {
    this.room = room;
  }

  synchronized Membership add(Session session) {
    if (size == senders.length) {
      senders = Arrays.copyOf(senders, size * 2);
      memberships = Arrays.copyOf(memberships, size * 2);
    }
    Membership membership = new Membership(this, size);
    senders[size] = session.sender();
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
    senders[gone.index] = senders[size];
    memberships[gone.index] = moved;
    moved.index = gone.index;
    senders[size] = null;
    memberships[size] = null;
  }

  /**
   * On the loop. Backwards, so that the session at hand may leave: the last one takes its place.
   */
  void forEach(Consumer<Session> action) {
    for (int i = size - 1; i >= 0; i--) {
      Sender sender = senders[i];
      if (sender != null) {
        action.accept(sender.session());
      }
    }
  }

  /** What became of a message: for how many members it was queued, for how many dropped. */
  record Sent(int queued, int dropped) {}

  /** Sends to the members, in the same order. On the loop. */
  Sent send(OutboundMessage message, Flush flush, Exclusion except) {
    int queued = 0;
    int dropped = 0;
    for (int i = size - 1; i >= 0; i--) {
      Sender sender = senders[i];
      if (sender != null && !except.contains(sender.session())) {
        if (sender.send(message, flush)) {
          queued++;
        } else {
          dropped++;
        }
      }
    }
    return new Sent(queued, dropped);
  }

  /** The members now. Any thread. */
  synchronized List<Session> snapshot() {
    List<Session> members = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Sender sender = senders[i];
      if (sender != null) {
        members.add(sender.session());
      }
    }
    return members;
  }
}
