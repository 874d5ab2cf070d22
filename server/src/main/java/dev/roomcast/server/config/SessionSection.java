package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.duration;
import static dev.roomcast.server.config.Option.several;

import dev.roomcast.core.options.OptionsBuilder;
import java.util.List;

/** How long a session may be silent, and where it begins. */
final class SessionSection {
  static final Option<String> DEFAULT_ROOMS =
      several(
          "--default-rooms",
          "<rooms>",
          "Rooms that every client joins; ws-default,ws-notification.",
          Reader.text());

  static final Section SECTION =
      new Section(
          "Sessions",
          List.of(
              duration(
                  "--auth-timeout",
                  "Until a client must authenticate; 5s.",
                  OptionsBuilder::authTimeout),
              duration(
                  "--heartbeat-interval",
                  "Between sweeps for silent clients; 30s.",
                  OptionsBuilder::heartbeatInterval),
              duration(
                  "--heartbeat-timeout",
                  "Silence after which a client is closed with 4002; 90s.",
                  OptionsBuilder::heartbeatTimeout),
              duration(
                  "--expiry-grace",
                  "After the expiry of a token until its sessions are closed with 4008; 25s.",
                  OptionsBuilder::expiryGrace),
              DEFAULT_ROOMS));

  private SessionSection() {}
}
