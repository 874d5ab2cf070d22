package dev.roomcast.server.churn;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was sent, and who was there. Thread-safe. */
final class Log {
  final Moments moments = new Moments();
  private final List<Sent> sent = new ArrayList<>(); // guarded by this, like all below
  private final List<Stay> stays = new ArrayList<>();

  /** Writes down a message that is going to be sent. */
  synchronized Sent message(String sender, Target target, Set<String> excluded) {
    Sent message = new Sent(sent.size(), sender, target, excluded);
    sent.add(message);
    return message;
  }

  synchronized Sent sent(int number) {
    return sent.get(number);
  }

  synchronized void add(Stay stay) {
    stays.add(stay);
  }

  synchronized List<Sent> allSent() {
    return List.copyOf(sent);
  }

  synchronized List<Stay> allStays() {
    return List.copyOf(stays);
  }
}
