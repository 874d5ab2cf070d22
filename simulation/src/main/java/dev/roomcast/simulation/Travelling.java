package dev.roomcast.simulation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that one server asked the others to do, while it is on its way: what it finds where it
 * arrives may have changed.
 *
 * @param origin who asked
 * @param who whom it is for
 * @param change what becomes of a client that it finds
 * @param concerned what it finds, as far as it is known
 */
record Travelling(Origin origin, Target who, Effect change, Map<Member, Certainty> concerned) {

  /** What becomes of a client. */
  @FunctionalInterface
  interface Effect {
    void on(Member member, Certainty takesPlace);
  }

  static Travelling of(Origin origin, Target who, Effect change) {
    return new Travelling(origin, who, change, new LinkedHashMap<>());
  }

  /**
   * Takes place for a client as far as it is known now.
   *
   * @return whether that says something new
   */
  boolean meets(Member member, Certainty now) {
    Certainty before = concerned.get(member);
    Certainty takesPlace = before == null ? now : before.merge(now);
    concerned.put(member, takesPlace);
    boolean news = takesPlace != (before == null ? Certainty.NO : before);
    if (news) {
      change.on(member, takesPlace);
    }
    return news;
  }
}
