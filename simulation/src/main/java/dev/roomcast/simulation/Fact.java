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
  private boolean settled;
  private final Map<Object, Certainty> pending = new LinkedHashMap<>();
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
    pending.put(
        source, takesPlace == Certainty.YES || already ? Certainty.of(to) : Certainty.MAYBE);
    request = null;
  }

  /** The last change came with a request whose answer will tell that it has taken place. */
  void changeIsAnswered(String requestId) {
    request = requestId;
  }

  /** An answer came. */
  void answered(Object source, String requestId) {
    if (requestId.equals(request) && pending.size() == 1) {
      Certainty value = pending.get(source);
      if (value != null && value != Certainty.MAYBE) {
        settled = value == Certainty.YES;
        pending.clear();
        request = null;
      }
    }
  }

  /** What some sources asked for may have got lost. */
  void doubt(Predicate<Object> sources) {
    pending.replaceAll((source, value) -> sources.test(source) ? Certainty.MAYBE : value);
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
    boolean ordered =
        pending.keySet().stream().allMatch(source -> source.equals(observer) || source.equals(home));
    Certainty seen = pending.isEmpty() || !ordered ? Certainty.of(settled) : null;
    for (Certainty value : pending.values()) {
      seen = seen == null ? value : seen.merge(value);
    }
    return seen == null ? Certainty.of(settled) : seen;
  }

  /** What it must be once everything has settled. */
  Certainty outcome() {
    Certainty outcome = null;
    for (Certainty value : pending.values()) {
      outcome = outcome == null ? value : outcome.merge(value);
    }
    return outcome == null ? Certainty.of(settled) : outcome;
  }

  /** Everything has settled, and so it is. */
  void settle(boolean observed) {
    settled = observed;
    pending.clear();
    request = null;
  }

  @Override
  public String toString() {
    return settled + (pending.isEmpty() ? "" : " " + pending.values());
  }
}
