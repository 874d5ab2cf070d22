package dev.roomcast.simulation;

import dev.roomcast.port.codec.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What clients do, and what the model is told of it. */
final class Clients {
  /** Longer than the authenticator may take: three times 5 s. */
  private static final int TOO_SLOW_MILLIS = 15_000;

  private final Services services;
  private int requests;

  Clients(Services services) {
    this.services = services;
  }

  private void send(Member member, String event, @Nullable Object data, @Nullable String id) {
    Json json = services.codec().mapper().toJson(data);
    member
        .client()
        .send(
            new String(
                services.codec().envelopes().write(event, json, id),
                java.nio.charset.StandardCharsets.UTF_8));
  }

  void authenticate(Member member, Login login) {
    Map<String, Object> data = new TreeMap<>();
    if (login.withKey()) {
      data.put("publicKey", "key-" + member);
    }
    if (member.login() == null) {
      begin(member, login);
    }
    boolean unreadable = login.answer() == Login.Answer.UNREADABLE;
    send(member, "authenticate", unreadable ? List.of() : data, null);
  }

  // Further attempts are answered with an error, whatever they say.
  private void begin(Member member, Login login) {
    boolean keyMissing =
        services.setup().encryption() != Setup.Encryption.OPTIONAL && !login.withKey();
    boolean tooSlow = login.millis() >= TOO_SLOW_MILLIS;
    member.login(login, login.answer().admits() && !keyMissing && !tooSlow);
    if (login.answer() == Login.Answer.ADMIT) {
      member.user(World.user(login.user()));
    }
    if (tooSlow) {
      member.allow(4001);
    }
    switch (login.answer()) {
      case ADMIT, ADMIT_ANONYMOUS -> {
        if (keyMissing) {
          member.allow(4004);
        }
      }
      case REFUSE, THROW, UNREADABLE -> member.allow(4003);
      case CRASH -> member.allow(1011);
    }
    services.model().changed(member, member);
  }

  void join(Member member, List<Integer> rooms, boolean answered) {
    String id = answered ? "j" + ++requests : null;
    List<String> names = rooms.stream().map(World::room).distinct().toList();
    for (String name : names) {
      if (!name.equals(World.CLOSED_ROOM)) {
        Fact fact = member.room(name);
        fact.change(member, member.present(), true);
        if (id != null) {
          fact.changeIsAnswered(id);
        }
      }
    }
    services.model().changed(member, member);
    send(member, "join", Map.of("rooms", names), id);
  }

  void leave(Member member, int room) {
    member.room(World.room(room)).change(member, member.present(), false);
    services.model().changed(member, member);
    send(member, "leave", Map.of("rooms", List.of(World.room(room))), "l" + ++requests);
  }

  void act(Member member, Script script) {
    int number = services.scripts().size() + 1;
    services.scripts().put(number, script);
    member.acts().add(number);
    if (member.present() == Certainty.YES) {
      member.surelyHandled().add(number);
    }
    send(member, script.onLoop() ? "act-now" : "act", number, "a" + number);
  }

  void exchangeKeys(Member member) {
    member.encryptSometime();
    send(member, "handshake", Map.of("publicKey", "key-" + member), "h" + ++requests);
  }

  void close(Member member) {
    member.client().close(1000);
    ends(member, 1000);
  }

  void vanish(Member member) {
    member.client().vanish();
    ends(member, 1006);
  }

  private void ends(Member member, int code) {
    member.allow(code);
    member.mayBeCutOff();
    member.ended().change(member, Certainty.YES, true);
    services.model().changed(member, member);
  }

  void block(Member member) {
    // 1006 is what remains of a close that stands behind a blocked socket.
    member.allow(4005, 1006);
    member.mayBeCutOff();
    member.blocked(true);
    member.client().block();
  }

  void unblock(Member member) {
    member.blocked(false);
    member.client().unblock();
  }
}
