package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.flag;
import static dev.roomcast.server.config.Option.own;
import static dev.roomcast.server.config.Option.several;

import dev.roomcast.redisson.RedissonBus;
import java.net.URI;
import java.util.List;

/** Every option of {@code emit}, in the order of the help. */
final class EmitOptions {
  static final Option<String> ROOM =
      own("--room", "<name>", "To the members of a room.", Reader.text());
  static final Option<String> USER =
      own("--user", "<id>", "To all sessions of a user.", Reader.text());
  static final Option<String> CLIENT = own("--client", "<id>", "To one client.", Reader.text());
  static final Option<Boolean> ALL = flag("--all", "To everyone.");
  static final Option<String> EVENT =
      own("--event", "<name>", "The event's name; needed.", Reader.text());
  static final Option<String> DATA =
      own("--data", "<json>", "The event's data, any JSON; null.", Reader.text());
  static final Option<String> EXCEPT =
      several("--except", "<ids>", "Clients of a room that do not get it.", Reader.text());
  static final Option<URI> REDIS =
      own(
          "--redis",
          "<uri>",
          "The servers' Redis, as in roomcast serve; redis://localhost.",
          RedissonBus::uri);
  static final Option<String> CHANNEL_PREFIX =
      own("--channel-prefix", "<prefix>", "As the servers have it; ws:.", Reader.text());

  static final List<Section> SECTIONS =
      List.of(
          new Section("To whom, one of these", List.of(ROOM, USER, CLIENT, ALL)),
          new Section("What", List.of(EVENT, DATA, EXCEPT)),
          new Section("Through", List.of(REDIS, CHANNEL_PREFIX)));

  private EmitOptions() {}
}
