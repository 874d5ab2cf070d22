package dev.roomcast.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** How many clients something concerns, as far as the model can tell. */
final class Range {
  private final Map<Member, Certainty> clients = new LinkedHashMap<>();

  /** What is concerned now, of these. */
  Range(Iterable<Member> members, Function<Member, Certainty> concerned) {
    members.forEach(member -> clients.put(member, concerned.apply(member)));
  }

  /** Whether so many may have been there; who has left since may have left before. */
  boolean has(long count) {
    return least() <= count && count <= most();
  }

  /** Whether there may have been some, or none. */
  boolean has(boolean any) {
    return any ? most() > 0 : least() == 0;
  }

  private long least() {
    return clients.entrySet().stream()
        .filter(client -> client.getValue() == Certainty.YES)
        .filter(client -> client.getKey().ended().outcome() == Certainty.NO)
        .count();
  }

  private long most() {
    return clients.values().stream().filter(concerned -> concerned != Certainty.NO).count();
  }

  @Override
  public String toString() {
    return least() + " to " + most();
  }
}
