package dev.roomcast.simulation;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.audience.Audience;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.testkit.cipher.P256Client;
import dev.roomcast.testkit.id.SequentialIds;
import dev.roomcast.testkit.time.VirtualTime;
import dev.roomcast.testkit.transport.SimulatedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One server that requires encryption, whose handshakes, ciphers and transformers fail, hang and
 * take their time by chance, and clients that come, talk and go. Everything that the application
 * sends bears {@link #APPLICATION}, in the event's name and in the data.
 */
final class EncryptedWorld {
  static final String APPLICATION = "of-the-application";

  /** What the application calls its messages. */
  static final String EVENT = "event-" + APPLICATION;

  private static final int CLIENTS = 8;

  /** Who encrypts. */
  enum Way {
    BUILT_IN,
    OWN,
    NONE
  }

  private final Way way;
  private final VirtualTime time;
  private final SimulatedTransport transport;
  private final RoomServer<String> server;
  private final List<Guest> guests = new ArrayList<>();
  private int sent;

  EncryptedWorld(Way way, long seed) {
    this.way = way;
    time = VirtualTime.seeded(seed);
    transport = new SimulatedTransport(time, 2);
    RoomServerBuilder<String> builder =
        RoomServer.<String>builder()
            .transport(transport)
            .codec(JacksonCodec.create())
            .authenticator(Json.class, (data, request) -> Optional.of(Admission.of("ann", "")))
            .rooms((client, asked) -> asked)
            .onMessage((call, data) -> chance(3) == 0 ? null : "reply-" + APPLICATION)
            .onConnected(client -> server().client(client.id()).send(EVENT, payload()))
            .time(time)
            .ids(new SequentialIds(0))
            .hookExecutor(time.hooks())
            .housekeeping(time.newLoop("housekeeping"));
    switch (way) {
      case BUILT_IN -> builder.encryption(new FaultyEncryption(time));
      case OWN -> {
        FaultyExchange exchange = new FaultyExchange(time);
        builder
            .handshake(exchange)
            .outboundTransformer(exchange)
            .options(options -> options.requireEncryption(true));
      }
      case NONE -> {}
    }
    server = builder.build();
    var unused = server.start();
  }

  private RoomServer<String> server() {
    return server;
  }

  /** Makes so many things happen, one upon the other, and lets them all end. */
  void run(int actions) {
    for (int i = 0; i < actions; i++) {
      act();
      if (chance(8) == 0) {
        time.advance(Duration.ofMillis(chance(400)));
      }
      for (int steps = chance(20); steps > 0 && time.step(); steps--) {
        guests.forEach(Guest::read);
      }
    }
    time.advance(Duration.ofMinutes(30));
    guests.forEach(Guest::read);
    time.await(server.shutdown(), Duration.ofMinutes(1));
    time.advance(Duration.ofMinutes(1));
  }

  private void act() {
    Guest guest = guests.isEmpty() ? null : guests.get(chance(guests.size()));
    switch (chance(12)) {
      case 0, 1 -> {
        if (guests.size() < CLIENTS) {
          guests.add(new Guest(transport.connect(), P256Client.create(), way));
        }
      }
      case 2 -> {
        if (guest != null) {
          guest.wire().block();
        }
      }
      case 3 -> {
        if (guest != null) {
          guest.wire().unblock();
        }
      }
      case 4, 5 -> {
        if (guest != null) {
          guest.says("{\"event\":\"ask\",\"id\":\"1\"}");
        }
      }
      case 6 -> {
        if (guest != null && chance(4) == 0) {
          guest.id().ifPresent(id -> server.client(id).disconnect("enough"));
        }
      }
      case 7 -> {
        if (guest != null && chance(4) == 0) {
          guest.wire().vanish();
        }
      }
      default -> audience(guest).send(EVENT, payload());
    }
  }

  private Audience<String> audience(Guest guest) {
    return switch (chance(5)) {
      case 0 -> server.everyone();
      case 1 -> server.user("ann").here();
      case 2 -> server.room("ws-default");
      case 3 -> server.named("ws-notification");
      default -> server.client(guest == null ? "nobody" : guest.id().orElse("nobody"));
    };
  }

  private String payload() {
    return "payload-" + ++sent + "-" + APPLICATION;
  }

  private int chance(int bound) {
    return time.chance(bound);
  }

  /** Every text that the server handed to a connection. */
  Stream<String> handedOver() {
    return guests.stream().flatMap(guest -> guest.wire().handedOver().stream());
  }

  /** What clients understood of what was encrypted. */
  List<String> understood() {
    return guests.stream().flatMap(guest -> guest.understood().stream()).toList();
  }

  /** How many clients were closed so. */
  int endedWith(int code) {
    return (int)
        guests.stream()
            .filter(guest -> guest.wire().closed().filter(end -> end.code() == code).isPresent())
            .count();
  }
}
