package dev.roomcast.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Something about a client that changes: it is in a room, it has ended. Changes are asked for by
 * several sources, and only those of one source come in a known order; until everything has
 * settled, different sources may see it differently.
 */
final class Fact {
  /**
   * What one source asked for.
   *
   * @param last what it is after the source's last change
   * @param ever what it may be while the source's changes take place
   */
  private record Change(Certainty last, Certainty ever) {
    static final Change DOUBTFUL = new Change(Certainty.MAYBE, Certainty.MAYBE);
  }

  private boolean settled;
  private final Map<Object, Change> pending = new LinkedHashMap<>();
  private @Nullable String request;

  Fact(boolean initially) {
    settled = initially;
  }

  /**
   * A change was asked for.
   *
   * @param source who asked; its changes come in order
   * @param takesPlace whether it concerns this client at all
   * @param to what it becomes
   */
  void change(Object source, Certainty takesPlace, boolean to) {
    if (takesPlace == Certainty.NO) {
      return;
    }
    boolean already = pending.isEmpty() && settled == to;
    Certainty last = takesPlace == Certainty.YES || already ? Certainty.of(to) : Certainty.MAYBE;
    Change before = pending.get(source);
    pending.put(source, new Change(last, before == null ? last : before.ever().merge(last)));
    request = null;
  }

  /** The last change came with a request whose answer will tell that it has taken place. */
  void changeIsAnswered(String requestId) {
    request = requestId;
  }

  /** An answer came. */
  void answered(Object source, String requestId) {
    Change change = pending.get(source);
    if (requestId.equals(request)
        && pending.size() == 1
        && change != null
        && change.last() != Certainty.MAYBE) {
      settle(change.last() == Certainty.YES);
    }
  }

  /** What some sources asked for may have got lost. */
  void doubt(Predicate<Object> sources) {
    pending.replaceAll((source, change) -> sources.test(source) ? Change.DOUBTFUL : change);
  }

  /** Whether changes are under way. */
  boolean open() {
    return !pending.isEmpty();
  }

  /**
   * What a command finds that is submitted now.
   *
   * @param observer who submits it; behind its own changes
   * @param home the server that the client is on; what it asked for is in the queue before
   */
  Certainty seenBy(Object observer, Object home) {
    Predicate<Object> before = source -> source.equals(observer) || source.equals(home);
    if (!pending.isEmpty() && pending.keySet().stream().allMatch(before)) {
      return outcome();
    }
    Certainty seen = Certainty.of(settled);
    for (Map.Entry<Object, Change> change : pending.entrySet()) {
      boolean ordered = before.test(change.getKey());
      seen = seen.merge(ordered ? change.getValue().last() : change.getValue().ever());
    }
    return seen;
  }

  /** What it must be once everything has settled. */
  Certainty outcome() {
    return pending.values().stream()
        .map(Change::last)
        .reduce(Certainty::merge)
        .orElse(Certainty.of(settled));
  }

  /** Everything has settled, and so it is. */
  void settle(boolean observed) {
    settled = observed;
    pending.clear();
    request = null;
  }

  @Override
  public String toString() {
    return settled + (pending.isEmpty() ? "" : " " + pending);
  }
}
