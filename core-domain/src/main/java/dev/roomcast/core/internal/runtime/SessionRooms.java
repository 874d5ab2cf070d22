package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.hub.NameSet;
import dev.roomcast.core.internal.hub.Room;
import dev.roomcast.core.internal.hub.RoomIndex;
import dev.roomcast.port.observation.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Map<String, RoomShare.Membership> memberships = new HashMap<>(4); // confined
  private boolean ownClaimed; // confined

  /** Written by the loop; apart from the memberships, so that who keeps it keeps no session. */
  private volatile NameSet names = NameSet.EMPTY;

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
    names = names.with(session.id());
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
    memberships.put(claimed.name(), shard.addTo(claimed, session));
    names = names.with(claimed.name());
  }

  /** Leaves; idempotent. Leaving the own room does nothing. False if it was not in the room. */
  boolean leave(String name) {
    RoomShare.Membership membership = memberships.remove(name);
    if (membership == null) {
      return false;
    }
    names = names.without(name);
    end(membership);
    return true;
  }

  void leaveAll() {
    names = NameSet.EMPTY;
    memberships.values().forEach(this::end);
    memberships.clear();
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
   * The names as they are now, the own room's included; none for a client that was not admitted.
   * Costs nothing however many there are: every handler's call asks for it. Any thread.
   */
  NameSet names() {
    return names;
  }

  private RoomIndex<Shard> rooms() {
    return context.directory().rooms();
  }
}
