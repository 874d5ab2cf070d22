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
  private final long[] moments;
  private final BitSet heard = new BitSet();
  private final List<String> violations = new ArrayList<>();
  private final List<Integer> doubtful = new ArrayList<>();
  private long certain;

  Hearing(List<Sent> sent, Stay stay) {
    this.sent = sent;
    this.stay = stay;
    numbers = stay.numbers();
    moments = stay.moments();
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
      if (!isAllowed(message, moments[i])) {
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

  private boolean isAllowed(Sent message, long moment) {
    return message.called() < moment
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
                              && membership.joinAsked < moment
                              && membership.left > message.called());
        };
  }

  private void judgeWhatWasNot() {
    Map<Long, Map<Origin, Long>> evidence = new HashMap<>();
    List<Stay.Membership> memberships = stay.memberships();
    for (Sent message : sent) {
      if (message.called() == Moments.NEVER
          || message.called() < stay.connected
          || message.called() > stay.end()
          || message.excluded.contains(stay.clientId)) {
        continue;
      }
      long until = memberUntil(message, memberships);
      if (until == 0) {
        continue;
      }
      boolean here = message.origin() == stay.origin;
      if (!here && until == Moments.NEVER && !message.published()) {
        doubtful.add(message.number);
      }
      if (!here && !message.published()) {
        continue;
      }
      long passed =
          until == Moments.NEVER
              ? Moments.NEVER
              : evidence
                  .computeIfAbsent(until, this::evidenceBefore)
                  .getOrDefault(message.origin(), 0L);
      boolean mustHear =
          until == Moments.NEVER
              ? !here || message.returned() != Moments.NEVER
              : message.returned() < passed;
      if (mustHear) {
        certain++;
        if (!heard.get(message.number)) {
          violate("missed " + message);
        }
      }
    }
  }

  /** When it asked to be no longer one of those whom a message is for; 0 if it was not certain. */
  private long memberUntil(Sent message, List<Stay.Membership> memberships) {
    return switch (message.target) {
      case Target.Everyone everyone -> stay.end();
      case Target.User(String id) -> id.equals(stay.user) ? stay.end() : 0;
      case Target.Visitor(String id) -> id.equals(stay.clientId) ? stay.end() : 0;
      case Target.Room(String room) -> {
        for (Stay.Membership membership : memberships) {
          if (membership.room.equals(room)
              && membership.joined < message.called()
              && membership.leaveAsked > message.called()) {
            yield Math.min(membership.leaveAsked, stay.end());
          }
        }
        yield 0;
      }
    };
  }

  /**
   * For each server the latest of its calls whose message was heard before a moment: everything
   * that the same server had sent before that call came before, or does not come.
   */
  private Map<Origin, Long> evidenceBefore(long moment) {
    Map<Origin, Long> latest = new HashMap<>();
    for (int i = 0; i < numbers.length && moments[i] < moment; i++) {
      Sent message = sent.get(numbers[i]);
      latest.merge(message.origin(), message.called(), Math::max);
    }
    if (moment == stay.end() && stay.code() == 1001) {
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
