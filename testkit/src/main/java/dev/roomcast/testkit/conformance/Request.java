package dev.roomcast.testkit.conformance;

import dev.roomcast.testkit.transport.ClientFrames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An upgrade request, line by line. {@code {target}} stands for path and query of the server under
 * test, {@code {host}} for its authority. Immutable.
 *
 * @param behind bytes that are sent with it, without waiting for the answer; never changed
 * @param piece how many bytes go in one write
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are bytes, and requests are never compared
record Request(List<String> lines, byte[] behind, int piece) {

  /** The example of RFC 6455 section 1.3. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  static final Request GOOD =
      new Request(
          List.of(
              "GET {target} HTTP/1.1",
              "Host: {host}",
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: " + KEY),
          new byte[0],
          Integer.MAX_VALUE);

  Request {
    lines = List.copyOf(lines);
  }

  /** With another first line. */
  Request line(String first) {
    List<String> other = new ArrayList<>(lines);
    other.set(0, first);
    return new Request(other, behind, piece);
  }

  /** Without a header. */
  Request without(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return new Request(
        lines.stream().filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(start)).toList(),
        behind,
        piece);
  }

  /** With more header lines. */
  Request with(String... more) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(Arrays.asList(more));
    return new Request(all, behind, piece);
  }

  /** With another value in the place of the one that a header has. */
  Request replacing(String name, String value) {
    return without(name).with(name + ": " + value);
  }

  /** In so many bytes a write. */
  Request inPieces(int size) {
    return new Request(lines, behind, size);
  }

  /** With bytes after its head. */
  Request behind(byte[] bytes) {
    return new Request(lines, bytes, piece);
  }

  byte[] bytes(String target, String host) {
    String head =
        (String.join("\r\n", lines) + "\r\n\r\n")
            .replace("{target}", target)
            .replace("{host}", host);
    return ClientFrames.join(head.getBytes(StandardCharsets.ISO_8859_1), behind);
  }

  /** The value of a header that stands there once. */
  String header(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    return lines.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
