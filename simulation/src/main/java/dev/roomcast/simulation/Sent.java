package dev.roomcast.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One message and who is to get it. */
final class Sent {
  private final int number;
  private final Origin origin;
  private final Target to;
  private final Set<Member> excluded;
  private final boolean here;
  private final Map<Member, Certainty> expected = new LinkedHashMap<>();
  private boolean travels;

  /**
   * @param number of the message; a message that was sent later has a higher one
   * @param here whether it stays on its server
   */
  Sent(int number, Origin origin, Target to, Set<Member> excluded, boolean here) {
    this.number = number;
    this.origin = origin;
    this.to = to;
    this.excluded = excluded;
    this.here = here;
    travels = !here;
  }

  int number() {
    return number;
  }

  Origin origin() {
    return origin;
  }

  Target to() {
    return to;
  }

  boolean excludes(Member member) {
    return excluded.contains(member);
  }

  boolean here() {
    return here;
  }

  /** Whether it may still be on its way to other servers. */
  boolean travels() {
    return travels;
  }

  void arrived() {
    travels = false;
  }

  void expect(Member member, Certainty gets) {
    expected.put(member, gets);
  }

  /** Something has changed that the message may or may not have overtaken. */
  void reconsider(Member member, Certainty gets) {
    expected.put(member, expected(member).merge(gets));
  }

  void doubt(Member member) {
    if (expected(member) == Certainty.YES) {
      expected.put(member, Certainty.MAYBE);
    }
  }

  Certainty expected(Member member) {
    return expected.getOrDefault(member, Certainty.NO);
  }

  @Override
  public String toString() {
    return "message " + number + " of " + origin + " to " + to + (here ? " here" : "");
  }
}
