package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.Room;
import dev.roomcast.core.internal.hub.RoomIndex;
import dev.roomcast.port.observation.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms that one session is in. Its own room, named by its id, is virtual: always there once it
 * is admitted, never left, and in no index. Confined to the session's loop, except {@link #names}.
 */
final class SessionRooms {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRooms.class);

  private final Session session;
  private final Shard shard;
  private final ServerContext context;
  // Guarded by itself for writing and for foreign readers; the loop reads it without.
  private final Map<String, RoomShare.Membership> memberships = new HashMap<>(4);
  private boolean inOwn; // guarded like memberships
  private @Nullable Set<String> names; // guarded likewise; null after a change
  private boolean ownClaimed; // confined

  SessionRooms(Session session, Shard shard, ServerContext context) {
    this.session = session;
    this.shard = shard;
    this.context = context;
  }

  /** The own room is wanted: whoever subscribes by interest must hear it before admission. */
  void claimOwn() {
    if (!ownClaimed) {
      ownClaimed = true;
      context.interest().gained(session.id());
    }
  }

  /** Enters the own room: the session is admitted. */
  void enterOwn() {
    synchronized (memberships) {
      inOwn = true;
      names = null;
    }
  }

  /** Joins; idempotent. False if the client is in as many rooms as it may be. */
  boolean join(String name) {
    if (contains(name)) {
      return true;
    }
    if (memberships.size() >= context.options().limits().roomsPerClient()) {
      context.observer().count(Signal.ROOM_REFUSED);
      LOG.debug("client {} is in {} rooms, as many as allowed", session.id(), memberships.size());
      return false;
    }
    enter(rooms().claim(name, shard));
    return true;
  }

  /** Claims rooms ahead of joining them by {@link #enter}. */
  List<Room<Shard>> claim(Collection<String> names) {
    List<Room<Shard>> claimed = new ArrayList<>();
    names.forEach(name -> claimed.add(rooms().claim(name, shard)));
    return claimed;
  }

  /** Gives claims back that were not used. */
  void release(Collection<Room<Shard>> claimed) {
    claimed.forEach(room -> rooms().release(room, shard));
  }

  /** Joins a room on which the caller holds a claim, which passes to the membership. */
  void enter(Room<Shard> claimed) {
    if (contains(claimed.name())) {
      rooms().release(claimed, shard);
      return;
    }
    RoomShare.Membership membership = shard.addTo(claimed, session);
    synchronized (memberships) {
      memberships.put(claimed.name(), membership);
      names = null;
    }
  }

  /** Leaves; idempotent. Leaving the own room does nothing. False if it was not in the room. */
  boolean leave(String name) {
    RoomShare.Membership membership;
    synchronized (memberships) {
      membership = memberships.remove(name);
      if (membership == null) {
        return false;
      }
      names = null;
    }
    end(membership);
    return true;
  }

  void leaveAll() {
    List<RoomShare.Membership> all;
    synchronized (memberships) {
      all = List.copyOf(memberships.values());
      memberships.clear();
      names = null;
    }
    all.forEach(this::end);
    if (ownClaimed) {
      ownClaimed = false;
      context.interest().lost(session.id());
    }
  }

  private void end(RoomShare.Membership membership) {
    shard.remove(membership);
    Room<Shard> room = membership.room();
    if (room != null) {
      rooms().release(room, shard);
    }
  }

  private boolean contains(String name) {
    return name.equals(session.id()) || memberships.containsKey(name);
  }

  /**
   * The names, the own room's included; none for a client that was not admitted. Immutable, and
   * made anew only after a change: every handler's call asks for it. Any thread.
   */
  Set<String> names() {
    synchronized (memberships) {
      if (names == null) {
        Set<String> now = new HashSet<>(memberships.keySet());
        if (inOwn) {
          now.add(session.id());
        }
        names = Set.copyOf(now);
      }
      return names;
    }
  }

  private RoomIndex<Shard> rooms() {
    return context.directory().rooms();
  }
}
