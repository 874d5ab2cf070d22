package dev.roomcast.simulation.application;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Rooms;
import dev.roomcast.jackson.JacksonCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The application that docs/testing.md tests: teams that talk among themselves. */
final class TeamChat {
  record Login(String name, String team) {}

  record Member(String team) {}

  private TeamChat() {}

  static RoomServerBuilder<Member> builder() {
    return RoomServer.<Member>builder()
        .codec(JacksonCodec.create())
        .authenticator(
            Login.class,
            (login, request) -> Optional.of(Admission.of(login.name(), new Member(login.team()))))
        .rooms((client, asked) -> Rooms.only(asked, List.of(client.metadata().team())))
        .on(
            "say",
            String.class,
            (call, text) -> {
              String team = call.client().metadata().team();
              call.server().room(team).send("said", team + ": " + text);
            })
        .options(options -> options.authTimeout(Duration.ofSeconds(5)));
  }
}
