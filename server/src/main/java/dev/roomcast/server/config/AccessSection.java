package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.file;
import static dev.roomcast.server.config.Option.flag;
import static dev.roomcast.server.config.Option.several;

import dev.roomcast.server.publish.Reach;
import dev.roomcast.server.room.RoomPattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Who is let in, and to what. */
final class AccessSection {
  static final Option<Boolean> DEV =
      flag(
          "--dev",
          "Development mode: any name is a user. On loopback only. The default where there are no"
              + " tokens.");
  static final Option<Path> TOKENS =
      file(
          "--tokens",
          "Who may connect, one a line: <token> <user id> [rooms=<pattern>,...]"
              + " [expires=2027-01-31T00:00:00Z]; sha256:<hex> may stand for the token. Read anew"
              + " when it changes.");
  static final Option<RoomPattern> ROOMS =
      several(
          "--rooms",
          "<pattern>",
          "Rooms that clients may join, '*' for any text, '${userId}' for the user's id."
              + " None; in development mode all.",
          RoomPattern::parse);
  static final Option<Reach> PUBLISH_TO =
      several(
          "--publish-to",
          "<whom>",
          "Whom clients may publish to beyond the rooms they are in: users, clients, all, with"
              + " commas between, or nobody. Nobody; in development mode all three.",
          Reader.word(Map.of("users", Reach.USERS, "clients", Reach.CLIENTS, "all", Reach.ALL)));
  static final Option<String> ORIGINS =
      several(
          "--origins",
          "<origins>",
          "Origins of pages that may connect, such as https://app.example; all. In development mode"
              + " those of this machine.",
          Reader.text());

  static final Section SECTION =
      new Section("Who may do what", List.of(DEV, TOKENS, ROOMS, PUBLISH_TO, ORIGINS));

  private AccessSection() {}
}
