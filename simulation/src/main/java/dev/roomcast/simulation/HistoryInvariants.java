package dev.roomcast.simulation;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must be true of everything that one client got, from its connecting on. */
final class HistoryInvariants {
  private final Services services;
  private final Member member;
  private final List<Received> history;

  HistoryInvariants(Services services, Member member) {
    this.services = services;
    this.member = member;
    member.reader().more();
    history = member.reader().reached();
  }

  void check() {
    checkBeginning();
    checkEncryption();
    Set<Integer> got = checkNumbers();
    checkMissing(got);
    checkHandled();
  }

  private boolean stays() {
    return member.client().closed().isEmpty();
  }

  private void checkBeginning() {
    boolean connected = false;
    for (Received received : history) {
      boolean hello = received.event().equals("connected");
      if (!connected && !hello && !received.event().equals("error")) {
        broken("nothing but error precedes connected", received.toString());
      }
      if (connected && hello) {
        broken("connected comes once", received.toString());
      }
      if (hello && !received.text("userId").equals(member.user() == null ? "" : member.user())) {
        broken("connected tells the user", received.text("userId"));
      }
      connected |= hello;
    }
    if (!connected && history.stream().anyMatch(received -> received.number() > 0)) {
      broken("nothing reaches who is not admitted", history.toString());
    }
  }

  private void checkEncryption() {
    boolean required = services.setup().encryption() != Setup.Encryption.OPTIONAL;
    boolean on = false;
    for (Received received : history) {
      int number = received.number();
      boolean chosen = member.asIs().contains(number);
      if (on && !received.encrypted() && !chosen) {
        broken("no plaintext after encryption was switched on", received.toString());
      }
      Integer from = member.encryptedFrom();
      Sent message = services.model().sent(number);
      boolean sure = !member.encryptionUnsure() && !required && !chosen;
      if (sure && message != null && message.origin() == member.home().origin()) {
        boolean expected = from != null && number > from;
        if (received.encrypted() != expected) {
          broken(
              "what was sent before the switch is clear, what was sent after is encrypted",
              received + ", switched at " + from);
        }
      }
      on |=
          received.encrypted()
              || received.event().equals("handshake-complete")
              || (required && received.event().equals("connected"));
    }
  }

  /** Returns the numbers that came. */
  private Set<Integer> checkNumbers() {
    Set<Integer> got = new HashSet<>();
    Map<Origin, Integer> last = new LinkedHashMap<>();
    for (Received received : history) {
      int number = received.number();
      if (number == 0) {
        continue;
      }
      Sent message = services.model().sent(number);
      if (message == null) {
        throw new AssertionError("message " + number + " came and was never sent");
      }
      if (message.excludes(member)) {
        broken("the excluded never receive", message.toString());
      }
      if (message.expected(member) == Certainty.NO) {
        broken("only those receive whom a message is for", message.toString());
      }
      if (!got.add(number)) {
        broken("nothing comes twice", message.toString());
      }
      int before = last.merge(message.origin(), number, Math::max);
      if (before > number) {
        broken("messages come in the order sent", message + " after " + before);
      }
    }
    return got;
  }

  private void checkMissing(Set<Integer> got) {
    Map<Origin, Integer> last = new LinkedHashMap<>();
    for (int number : got) {
      Sent message = services.model().sent(number);
      if (message != null) {
        last.merge(message.origin(), number, Math::max);
      }
    }
    long missing =
        services.model().sent().stream()
            .filter(message -> message.expected(member) == Certainty.YES)
            .filter(message -> !got.contains(message.number()))
            .filter(message -> due(message, last.getOrDefault(message.origin(), 0)))
            .peek(this::refuseToMiss)
            .count();
    if (stays() && missing > told()) {
      broken("what is dropped for a slow client is told", missing + " are missing, told " + told());
    }
  }

  /** Of a client that ended only what came after the last message may be missing. */
  private boolean due(Sent message, int lastOfOrigin) {
    boolean whole = stays() || (member.closedGracefully() && !cutShort());
    return whole ? !member.blocked() : message.number() < lastOfOrigin;
  }

  // What waits for the application's transformations may take longer than the close waits.
  private boolean cutShort() {
    return member.allowedCodes().stream().anyMatch(code -> code != 4007 && code != 1001)
        || history.stream().anyMatch(Received::encrypted);
  }

  private void refuseToMiss(Sent message) {
    boolean mayDrop = services.setup().dropsForSlow() && member.everBlocked();
    if (!mayDrop) {
      broken(
          "every member that stays receives each message",
          member + " lacks " + message + (stays() ? "" : ", " + member.goodbyes()));
    }
  }

  private long told() {
    return history.stream()
        .filter(received -> received.event().equals("gap"))
        .mapToLong(
            received -> received.data().get("dropped") instanceof Number n ? n.longValue() : 0)
        .sum();
  }

  private void checkHandled() {
    int before = 0;
    for (int number : member.handled()) {
      if (number <= before) {
        broken("a client's messages are handled once and in order", member.handled().toString());
      }
      before = number;
    }
    if (!member.acts().containsAll(member.handled())) {
      broken("a handler gets its own client's messages", member.handled().toString());
    }
    if (stays() && !member.handled().containsAll(member.surelyHandled())) {
      broken("every message of an admitted client is handled", member.surelyHandled().toString());
    }
  }

  private void broken(String invariant, String how) {
    throw new AssertionError("invariant broken: " + invariant + ": " + member + ": " + how);
  }
}
