package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.atLeast;
import static dev.roomcast.server.config.Option.bytes;
import static dev.roomcast.server.config.Option.number;
import static dev.roomcast.server.config.Option.own;

import dev.roomcast.core.options.OptionsBuilder;
import java.util.List;

/** How much of everything one client, and all together, may have. */
final class LimitSection {
  static final Option<Integer> MESSAGE_RATE =
      atLeast(
          0,
          "--message-rate",
          "Messages of one client per second; 0 is no limit, the default. Beyond it: 4006.");
  static final Option<Integer> MESSAGE_BURST =
      atLeast(
          1,
          "--message-burst",
          "Messages that may come at once on top of the rate; as many as the rate.");
  static final Option<Integer> MAILBOX_MESSAGES =
      atLeast(
          1,
          "--mailbox-messages",
          "Messages of a client that may wait until reading from it pauses; 256.");
  static final Option<Integer> MAILBOX_BYTES =
      own("--mailbox-bytes", "<bytes>", "The same in bytes; 1m.", Reader.bytes());

  static final Section SECTION =
      new Section(
          "Limits",
          List.of(
              number(
                  "--max-connections",
                  "Connections in all; no limit.",
                  OptionsBuilder::maxConnections),
              number(
                  "--max-unauthenticated",
                  "Connections in all that are not authenticated; 5000.",
                  OptionsBuilder::maxUnauthenticated),
              number(
                  "--max-unauthenticated-per-address",
                  "The same of one remote address; no limit.",
                  OptionsBuilder::maxUnauthenticatedPerAddress),
              number(
                  "--max-sessions-per-user",
                  "Sessions of one user; no limit.",
                  OptionsBuilder::maxSessionsPerUser),
              number(
                  "--max-rooms-per-client",
                  "Rooms of one client; 8192.",
                  OptionsBuilder::maxRoomsPerClient),
              MESSAGE_RATE,
              MESSAGE_BURST,
              MAILBOX_MESSAGES,
              MAILBOX_BYTES,
              bytes(
                  "--inbox-bytes",
                  "What may wait for one thread until publishes are rejected; 16m.",
                  OptionsBuilder::inboxBytes)));

  private LimitSection() {}
}
