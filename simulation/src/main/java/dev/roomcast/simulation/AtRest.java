package dev.roomcast.simulation;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.ClientState;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Compares servers with the model when nothing is under way, and tells the model what is so. */
final class AtRest {
  private static final Duration AUTH_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(90);

  private final Services services;

  AtRest(Services services) {
    this.services = services;
  }

  void compare() {
    services.model().settled();
    services.model().members().forEach(this::compare);
    for (Promise<?> promise : services.promises()) {
      if (!promise.kept()) {
        broken("every stage completes, and tells the truth", promise.toString());
      }
    }
    services.promises().clear();
  }

  private void compare(Member member) {
    allowTimeouts(member);
    Optional<Client<String>> found = member.home().find(member);
    boolean gone = found.isEmpty() && (member.client().opened() || rejected(member));
    compareEnd(member, gone);
    if (!gone && found.isPresent()) {
      compareAdmission(member, found.get());
      if (member.admitted()) {
        compareRooms(member, found.get());
      }
    }
  }

  private static boolean rejected(Member member) {
    return member.client().rejection().isPresent();
  }

  private void allowTimeouts(Member member) {
    Duration age = Duration.ofNanos(services.time().nanoTime() - member.connectedAtNanos());
    if (!member.admitted() && age.compareTo(AUTH_TIMEOUT) >= 0) {
      member.allow(4001);
    }
    if (age.compareTo(HEARTBEAT_TIMEOUT) >= 0) {
      member.allow(4002);
    }
  }

  private static void compareEnd(Member member, boolean gone) {
    if (!gone && member.ended().outcome() == Certainty.YES) {
      broken("who was closed is gone", member.toString());
    }
    if (gone && member.allowedCodes().isEmpty()) {
      broken("nobody is closed without a reason", member + ", " + member.goodbyes());
    }
    member.ended().settle(gone);
  }

  private static void compareAdmission(Member member, Client<String> client) {
    boolean in = client.state() == ClientState.AUTHENTICATED;
    if (in != member.admitted()) {
      broken("who is AUTHENTICATED was told connected", member + " is " + client.state());
    }
    if (!in && member.mayPass()) {
      broken("who may is admitted", member + " is " + client.state());
    }
    if (in && !client.userId().equals(Optional.ofNullable(member.user()))) {
      broken("a session has its user", member + " is " + client.userId());
    }
  }

  private static void compareRooms(Member member, Client<String> client) {
    Set<String> names = new LinkedHashSet<>(client.rooms());
    names.remove(client.id());
    names.forEach(member::room);
    member
        .rooms()
        .forEach(
            (room, fact) -> {
              Certainty in = fact.outcome();
              boolean observed = names.contains(room);
              if (in != Certainty.MAYBE && in != Certainty.of(observed)) {
                broken(
                    "clients are in the rooms that they joined last and have not left since",
                    member + (observed ? " is in " : " is not in ") + room + ": " + fact);
              }
              fact.settle(observed);
            });
  }

  private static void broken(String invariant, String how) {
    throw new AssertionError("invariant broken: " + invariant + ": " + how);
  }
}
