package dev.roomcast.server.churn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What one client asked for and heard, from {@code connected} to its end. Thread-safe. */
final class Stay {

  /** Where in what was heard something is that did not happen. */
  static final int NOWHERE = Integer.MAX_VALUE;

  /** From the request to join a room to the answer to leave it. */
  static final class Membership {
    final String room;
    final int heardBeforeJoin;
    long joined = Moments.NEVER;
    long leaveAsked = Moments.NEVER;
    int heardBeforeLeave = NOWHERE;
    long left = Moments.NEVER;

    private Membership(String room, int heardBeforeJoin) {
      this.room = room;
      this.heardBeforeJoin = heardBeforeJoin;
    }

    private boolean isSettled() {
      return joined != Moments.NEVER && leaveAsked == Moments.NEVER;
    }
  }

  final String clientId;
  final String user;
  final Origin origin;
  final long connected;

  // Guarded by this, like all below.
  private final List<Membership> memberships = new ArrayList<>();
  private final Map<String, Membership> current = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private int[] numbers = new int[64];
  private int size;
  private long ended = Moments.NEVER;
  private int heardBeforeEnd = NOWHERE;
  private int code;

  Stay(String clientId, String user, Origin origin, long connected) {
    this.clientId = clientId;
    this.user = user;
    this.origin = origin;
    this.connected = connected;
  }

  /** Whether a join or a leave may be asked for: never two at once for one room. */
  synchronized boolean isUndecided(String room) {
    Membership membership = current.get(room);
    return membership != null && !membership.isSettled();
  }

  synchronized boolean isIn(String room) {
    Membership membership = current.get(room);
    return membership != null && membership.isSettled();
  }

  synchronized void joinAsked(String room) {
    Membership membership = new Membership(room, size);
    memberships.add(membership);
    current.put(room, membership);
  }

  synchronized void joined(String room, long moment) {
    current.get(room).joined = moment;
  }

  synchronized void leaveAsked(String room, long moment) {
    Membership membership = current.get(room);
    membership.leaveAsked = moment;
    membership.heardBeforeLeave = size;
  }

  synchronized void left(String room, long moment) {
    current.remove(room).left = moment;
  }

  synchronized void heard(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size + size / 2);
    }
    numbers[size] = number;
    size++;
  }

  synchronized boolean hasHeard(int number) {
    return IntStream.range(0, size).anyMatch(i -> numbers[i] == number);
  }

  /** Something came that nobody sends. */
  synchronized void fault(String what) {
    faults.add(what);
  }

  /**
   * It ended; the first of several ends counts.
   *
   * @param code of the close frame that came, 0 where the client itself went
   */
  synchronized void ended(int code, long moment) {
    if (ended == Moments.NEVER) {
      ended = moment;
      heardBeforeEnd = size;
      this.code = code;
    }
  }

  synchronized boolean isOpen() {
    return ended == Moments.NEVER;
  }

  synchronized long end() {
    return ended;
  }

  synchronized int code() {
    return code;
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized List<Membership> memberships() {
    return List.copyOf(memberships);
  }

  synchronized int[] numbers() {
    return Arrays.copyOf(numbers, size);
  }

  synchronized int heardBeforeEnd() {
    return heardBeforeEnd;
  }

  @Override
  public String toString() {
    return clientId + " (" + user + " at " + origin + ")";
  }
}
