package dev.roomcast.server.churn;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One client's history, held against what was sent. For one use, by one thread. */
final class Hearing {
  private final List<Sent> sent;
  private final Stay stay;
  private final int[] numbers;
  private final BitSet heard = new BitSet();
  private final List<String> violations = new ArrayList<>();
  private final List<Integer> doubtful = new ArrayList<>();
  private long certain;

  Hearing(List<Sent> sent, Stay stay) {
    this.sent = sent;
    this.stay = stay;
    numbers = stay.numbers();
  }

  void judge() {
    stay.faults().forEach(fault -> violate("was told " + fault));
    if (!stay.isOpen() && stay.code() != 0 && stay.code() != 1001) {
      violate("was closed with " + stay.code());
    }
    if (stay.code() == 1001 && stay.origin.shutdown() == Moments.NEVER) {
      violate("was closed by a server that did not shut down");
    }
    judgeWhatWasHeard();
    judgeWhatWasNot();
  }

  private void violate(String what) {
    violations.add(stay + " " + what);
  }

  private void judgeWhatWasHeard() {
    Map<String, Integer> lastOfSender = new HashMap<>();
    Map<Origin, Long> latestCall = new HashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      Sent message = sent.get(numbers[i]);
      if (heard.get(message.number)) {
        violate("heard twice: " + message);
      }
      heard.set(message.number);
      if (!isAllowed(message, i)) {
        violate("heard what was not for it: " + message);
        continue;
      }
      Integer last = lastOfSender.put(message.sender, message.number);
      if (last != null && last > message.number) {
        violate("heard after " + last + " of the same sender: " + message);
      }
      long latest = latestCall.getOrDefault(message.origin(), 0L);
      if (message.returned() < latest) {
        violate("heard after what the same server sent later: " + message);
      }
      latestCall.put(message.origin(), Math.max(latest, message.called()));
    }
  }

  private boolean isAllowed(Sent message, int index) {
    return message.called() != Moments.NEVER
        && !message.excluded.contains(stay.clientId)
        && switch (message.target) {
          case Target.Everyone everyone -> true;
          case Target.User(String id) -> id.equals(stay.user);
          case Target.Visitor(String id) -> id.equals(stay.clientId);
          case Target.Room(String room) ->
              stay.memberships().stream()
                  .anyMatch(
                      membership ->
                          membership.room.equals(room)
                              && membership.heardBeforeJoin <= index
                              && membership.left > message.called());
        };
  }

  private void judgeWhatWasNot() {
    Map<Until, Map<Origin, Long>> evidence = new HashMap<>();
    List<Stay.Membership> memberships = stay.memberships();
    for (Sent message : sent) {
      Until until = wasThere(message) ? memberUntil(message, memberships) : null;
      if (until != null) {
        judge(message, until, evidence);
      }
    }
  }

  private boolean wasThere(Sent message) {
    return message.called() != Moments.NEVER
        && message.called() > stay.connected
        && message.called() < stay.end()
        && !message.excluded.contains(stay.clientId);
  }

  private void judge(Sent message, Until until, Map<Until, Map<Origin, Long>> evidence) {
    boolean stayed = until.heard() == Stay.NOWHERE;
    if (message.origin() != stay.origin && !message.published()) {
      if (stayed) {
        doubtful.add(message.number);
      }
      return;
    }
    boolean mustHear;
    if (stayed) {
      mustHear = message.published() || message.returned() != Moments.NEVER;
    } else {
      long passed =
          evidence.computeIfAbsent(until, this::evidence).getOrDefault(message.origin(), 0L);
      mustHear = message.returned() < passed;
    }
    if (mustHear) {
      certain++;
      if (!heard.get(message.number)) {
        violate("missed " + message);
      }
    }
  }

  /**
   * Until when it certainly was one of those whom a message is for.
   *
   * @param heard how much it had heard when it asked to be one no longer, or ended
   * @param byEnd whether it ended
   */
  private record Until(int heard, boolean byEnd) {}

  /** Null if it was not certain. */
  private Until memberUntil(Sent message, List<Stay.Membership> memberships) {
    Until end = new Until(stay.heardBeforeEnd(), /* byEnd= */ true);
    return switch (message.target) {
      case Target.Everyone everyone -> end;
      case Target.User(String id) -> id.equals(stay.user) ? end : null;
      case Target.Visitor(String id) -> id.equals(stay.clientId) ? end : null;
      case Target.Room(String room) -> {
        for (Stay.Membership membership : memberships) {
          if (membership.room.equals(room)
              && membership.joined < message.called()
              && membership.leaveAsked > message.called()) {
            yield membership.leaveAsked == Moments.NEVER
                ? end
                : new Until(membership.heardBeforeLeave, /* byEnd= */ false);
          }
        }
        yield null;
      }
    };
  }

  /**
   * For each server the latest of its calls whose message was heard until then: everything that the
   * same server had sent before that call came before, or does not come.
   */
  private Map<Origin, Long> evidence(Until until) {
    Map<Origin, Long> latest = new HashMap<>();
    for (int i = 0; i < until.heard(); i++) {
      Sent message = sent.get(numbers[i]);
      latest.merge(message.origin(), message.called(), Math::max);
    }
    if (until.byEnd() && stay.code() == 1001) {
      // What it had sent before it shut down goes out before the close.
      latest.merge(stay.origin, stay.origin.shutdown(), Math::max);
    }
    return latest;
  }

  List<String> violations() {
    return violations;
  }

  /** Messages of others that perhaps reached Redis, and that this client had to hear then. */
  List<Integer> doubtful() {
    return doubtful;
  }

  boolean has(int number) {
    return heard.get(number);
  }

  long deliveries() {
    return numbers.length;
  }

  long certain() {
    return certain;
  }
}
