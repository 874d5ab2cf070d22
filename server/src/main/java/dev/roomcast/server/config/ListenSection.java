package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.atLeast;
import static dev.roomcast.server.config.Option.core;
import static dev.roomcast.server.config.Option.own;

import dev.roomcast.core.options.OptionsBuilder;
import java.util.List;
import java.util.Map;

/** Where the server listens, and by which library. */
final class ListenSection {
  static final Option<String> HOST =
      own("--host", "<address>", "Name or address to listen on; 127.0.0.1.", Reader.text());
  static final Option<Integer> PORT =
      own(
          "--port",
          "<number>",
          "Port to listen on, 0 for a free one; 8080.",
          Reader.number(0, 65535));
  static final Option<String> PATH =
      core("--path", "<path>", "Path of the WebSocket; /ws.", Reader.text(), OptionsBuilder::path);
  static final Option<Integer> IO_THREADS =
      own(
          "--io-threads",
          "<number>",
          "Threads that serve connections; as many as processors.",
          Reader.number(1, 1024));
  static final Option<Integer> BACKLOG =
      atLeast(1, "--backlog", "Connections that may wait to be accepted; 4096.");
  static final Option<Library> TRANSPORT =
      own(
          "--transport",
          "<undertow|jetty>",
          "Which library listens; undertow. Clients see no difference.",
          Reader.word(Map.of("undertow", Library.UNDERTOW, "jetty", Library.JETTY)));

  static final Section SECTION =
      new Section("Where it listens", List.of(HOST, PORT, PATH, IO_THREADS, BACKLOG, TRANSPORT));

  private ListenSection() {}
}
