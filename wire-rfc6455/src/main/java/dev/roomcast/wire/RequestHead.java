package dev.roomcast.wire;

import dev.roomcast.port.transport.Handshake;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of one HTTP/1.1 request, read as its bytes come. Strict where RFC 9112 lets one choose:
 * lines end with CR LF, none is folded, and there is no body. Confined to its loop.
 */
final class RequestHead {

  /** What is known of the request. */
  sealed interface Progress {}

  /** More bytes are needed. */
  record Incomplete() implements Progress {}

  /** The head is there; what follows it is left in the buffer. */
  record Complete(UpgradeRequest request) implements Progress {}

  /** It has more bytes than allowed; {@code why} is for people. */
  record TooLarge(String why) implements Progress {}

  /** It is no request; {@code why} is for people. */
  record Malformed(String why) implements Progress {}

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** The target may name scheme and host, which say nothing here (RFC 9112 section 3.2.2). */
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") (?:[a-z]+://[^/ ]+)?(/[\\x21-\\x7e]*) (HTTP/[0-9]\\.[0-9])");

  /** Possessive, and the blanks around a value are stripped afterwards: nothing is tried twice. */
  private static final Pattern FIELD =
      Pattern.compile("(" + TOKEN + "):([\\t\\x20-\\x7e\\x80-\\xff]*+)");

  /** What a peer holds that connects and sends nothing; most browsers need twice as much. */
  private static final int FIRST_BYTES = 512;

  private final InetSocketAddress peer;
  private final int maxBytes;
  private byte[] bytes;
  private int size;

  /**
   * A head of which nothing has come yet.
   *
   * @param maxBytes with the line that ends it
   */
  RequestHead(int maxBytes, InetSocketAddress peer) {
    this.peer = peer;
    this.maxBytes = maxBytes;
    bytes = new byte[Math.min(FIRST_BYTES, maxBytes)];
  }

  /** Whether any byte has come. */
  boolean begun() {
    return size > 0;
  }

  /** How much memory it holds; it follows what has come. */
  int capacity() {
    return bytes.length;
  }

  /** Takes bytes up to the end of the head. Not called again once it was there, or malformed. */
  Progress read(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (size == maxBytes) {
        return new TooLarge("The head of a request is limited to " + maxBytes + " bytes.");
      }
      if (size == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * size, maxBytes));
      }
      bytes[size++] = in.get();
      if (atEnd()) {
        return parse(new String(bytes, 0, size - 4, StandardCharsets.ISO_8859_1).split("\r\n", -1));
      }
    }
    return new Incomplete();
  }

  /** Without blanks and tabs around it; {@code strip} would take more than those. */
  private static String stripped(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && blank(value.charAt(from))) {
      from++;
    }
    while (from < to && blank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }

  private boolean atEnd() {
    return size >= 4
        && bytes[size - 1] == '\n'
        && bytes[size - 2] == '\r'
        && bytes[size - 3] == '\n'
        && bytes[size - 4] == '\r';
  }

  private Progress parse(String[] lines) {
    Matcher request = REQUEST_LINE.matcher(lines[0]);
    if (!request.matches()) {
      return malformed("the first line is no 'GET /path HTTP/1.1'");
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        return malformed("a header line is no 'Name: value'");
      }
      headers
          .computeIfAbsent(field.group(1), name -> new ArrayList<>())
          .add(stripped(field.group(2)));
    }
    if (headers.containsKey("Transfer-Encoding")
        || !headers.getOrDefault("Content-Length", List.of("0")).equals(List.of("0"))) {
      return malformed("a WebSocket handshake has no request body");
    }
    try {
      // What a URI may not contain is refused; with two slashes a host would begin.
      URI target = new URI("ws://host" + request.group(2));
      return new Complete(
          new UpgradeRequest(
              request.group(1),
              request.group(3),
              new Handshake(peer, target.getPath(), query(target.getRawQuery()), headers, null)));
    } catch (URISyntaxException | IllegalArgumentException wrong) {
      return malformed("the path or the query is not correctly encoded");
    }
  }

  private static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String parameter : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = parameter.split("=", 2);
      if (!parts[0].isEmpty()) {
        String value = parts.length == 1 ? "" : parts[1];
        query.computeIfAbsent(decode(parts[0]), name -> new ArrayList<>()).add(decode(value));
      }
    }
    return query;
  }

  private static String decode(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  private static Malformed malformed(String what) {
    return new Malformed("Bad request: " + what + ".");
  }
}
