package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.core;
import static dev.roomcast.server.config.Option.own;

import dev.roomcast.core.options.OptionsBuilder;
import java.util.List;
import java.util.Map;

/** What those who run the server see of it. */
final class OperationSection {
  static final Option<String> NAME =
      core(
          "--name",
          "<name>",
          "The server's name in its log; roomcast.",
          Reader.text(),
          OptionsBuilder::name);
  static final Option<Boolean> STATS =
      own(
          "--stats",
          "<true|false>",
          "Whether /stats tells counters to anybody; true on loopback, otherwise false.",
          Reader.yesOrNo());
  static final Option<String> ECHO =
      own(
          "--echo",
          "<path>",
          "Path of a second WebSocket that sends every message back, to anybody, for conformance"
              + " tools; none.",
          Reader.text());
  static final Option<String> LOG_FORMAT =
      own(
          "--log-format",
          "<text|json>",
          "How lines of the log look; text.",
          Reader.word(Map.of("text", "text", "json", "json")));
  static final Option<String> LOG_LEVEL =
      own(
          "--log-level",
          "<level>",
          "What is logged: error, warn, info or debug; info.",
          Reader.word(Map.of("error", "ERROR", "warn", "WARN", "info", "INFO", "debug", "DEBUG")));

  static final Section SECTION =
      new Section("Operation", List.of(NAME, STATS, ECHO, LOG_FORMAT, LOG_LEVEL));

  private OperationSection() {}
}
