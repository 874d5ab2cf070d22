package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.bytes;
import static dev.roomcast.server.config.Option.duration;
import static dev.roomcast.server.config.Option.yesOrNo;

import dev.roomcast.core.options.OptionsBuilder;
import java.util.List;

/** How messages travel on one connection, and when it is given up. */
final class ConnectionSection {
  static final Option<Boolean> COMPRESSION =
      yesOrNo(
          "--compression",
          "Whether messages are compressed (permessage-deflate) for clients that offer it; false.",
          OptionsBuilder::compression);

  static final Section SECTION =
      new Section(
          "Connections",
          List.of(
              bytes(
                  "--max-payload",
                  "The largest message of a client, beyond it 1009; 128k.",
                  OptionsBuilder::maxPayloadLength),
              duration(
                  "--idle-timeout",
                  "Without a byte until a connection is closed with 1001, 0 for never; 60s.",
                  OptionsBuilder::idleTimeout),
              yesOrNo(
                  "--send-pings",
                  "Whether pings go out at half of the idle time-out; true.",
                  OptionsBuilder::sendPings),
              duration(
                  "--close-timeout",
                  "Until a close that is not answered ends by force; 5s.",
                  OptionsBuilder::closeTimeout),
              bytes(
                  "--backpressure-limit",
                  "What may wait unsent for one client; 1m.",
                  OptionsBuilder::backpressureLimit),
              yesOrNo(
                  "--close-on-backpressure",
                  "Whether a client over that limit is closed with 4005; otherwise it loses"
                      + " messages and is told how many. True.",
                  OptionsBuilder::closeOnBackpressureLimit),
              duration(
                  "--stall-timeout",
                  "In which a socket must take a byte while something waits; 10s.",
                  OptionsBuilder::stallTimeout),
              duration(
                  "--handshake-timeout",
                  "From accepting a connection to its whole request; 10s.",
                  OptionsBuilder::handshakeTimeout),
              bytes(
                  "--max-handshake",
                  "The largest head of a request, beyond it 431; 16k.",
                  OptionsBuilder::maxHandshakeBytes),
              COMPRESSION,
              bytes(
                  "--compression-threshold",
                  "The size from which a message is compressed; 256.",
                  OptionsBuilder::compressionThreshold),
              duration(
                  "--pacing",
                  "How long a message to many may wait for more of them while its thread is busy"
                      + " writing, 0 for never; 5ms.",
                  OptionsBuilder::pacing)));

  private ConnectionSection() {}
}
