package dev.roomcast.server.churn;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether everybody heard what they had to.
 *
 * @param violations the first of them, in words
 * @param deliveries messages that were heard
 * @param certain deliveries that had to be: the client was there before the message was sent, and
 *     it stayed
 */
record Verdict(List<String> violations, long deliveries, long certain) {
  private static final int ENOUGH = 50;

  /**
   * Judges.
   *
   * @param sent each at the index that is its number
   */
  static Verdict of(List<Sent> sent, List<Stay> stays) {
    List<String> violations = new ArrayList<>();
    long deliveries = 0;
    long certain = 0;
    Agreement agreement = new Agreement(sent.size());
    for (Stay stay : stays) {
      Hearing hearing = new Hearing(sent, stay);
      hearing.judge();
      agreement.add(hearing);
      violations.addAll(hearing.violations());
      deliveries += hearing.deliveries();
      certain += hearing.certain();
    }
    for (Sent message : sent) {
      if (message.rejected()) {
        violations.add("rejected by a loop: " + message);
      }
      if (agreement.isSplit(message.number)) {
        violations.add("heard by some of those who stayed, not by others: " + message);
      }
    }
    return new Verdict(
        violations.subList(0, Math.min(violations.size(), ENOUGH)), deliveries, certain);
  }

  /** What those have heard who stayed, of messages that perhaps reached Redis and perhaps not. */
  private static final class Agreement {
    private final boolean[] heard;
    private final boolean[] missed;

    Agreement(int messages) {
      heard = new boolean[messages];
      missed = new boolean[messages];
    }

    void add(Hearing hearing) {
      hearing.doubtful().forEach(number -> mark(number, hearing.has(number)));
    }

    private void mark(int number, boolean has) {
      heard[number] |= has;
      missed[number] |= !has;
    }

    boolean isSplit(int number) {
      return heard[number] && missed[number];
    }
  }
}
