package dev.roomcast.core.internal.runtime;

import java.util.Collection;
import java.util.Set;

/**
 * Sessions that are left out, resolved from their ids once by the publisher and compared by
 * identity (sessions do not override it). Immutable.
 */
public final class Exclusion {
  /** Leaves out nobody. */
  public static final Exclusion NONE = new Exclusion(Set.of());

  private final Set<Session> sessions;

  private Exclusion(Set<Session> sessions) {
    this.sessions = sessions;
  }

  /** Leaves out these. */
  public static Exclusion of(Collection<Session> sessions) {
    return sessions.isEmpty() ? NONE : new Exclusion(Set.copyOf(sessions));
  }

  boolean contains(Session session) {
    return !sessions.isEmpty() && sessions.contains(session);
  }
}
