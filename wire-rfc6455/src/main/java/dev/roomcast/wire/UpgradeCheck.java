package dev.roomcast.wire;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.wire.UpgradeResponse.Refuse;
import dev.roomcast.wire.internal.ExtensionOffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What RFC 6455 section 4.2.1 asks of an upgrade request. Pure. */
final class UpgradeCheck {
  static final String KEY = "Sec-WebSocket-Key";
  static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  private static final String VERSION = "Sec-WebSocket-Version";
  private static final int BAD_REQUEST = 400;
  private static final int UPGRADE_REQUIRED = 426;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int VERSION_NOT_SUPPORTED = 505;
  private static final int KEY_BYTES = 16;
  private static final int KEY_CHARACTERS = 24;

  /** Enough of a client's value to recognise it. */
  private static final int MAX_QUOTED = 64;

  private static final Pattern HTTP = Pattern.compile("HTTP/([0-9])(?:\\.([0-9]))?");

  private UpgradeCheck() {}

  /** What is wrong with a request; empty if nothing is. */
  static Optional<Refuse> refusal(UpgradeRequest request) {
    Handshake handshake = request.handshake();
    return (request.extendedConnect() ? connect(request) : upgrade(request))
        .or(() -> version(request))
        .or(() -> request.extendedConnect() ? Optional.empty() : key(handshake))
        .or(() -> extension(handshake));
  }

  /** RFC 8441 section 5: what HTTP/1.1 says by headers, the stream says by itself. */
  private static Optional<Refuse> connect(UpgradeRequest request) {
    if (!"websocket".equalsIgnoreCase(request.protocol())) {
      return Optional.of(
          refuse(
              NOT_IMPLEMENTED,
              Map.of(),
              "the :protocol is " + quoted("" + request.protocol()) + ", expected 'websocket'"));
    }
    return request.method().equals("CONNECT")
        ? Optional.empty()
        : malformed("the method is " + quoted(request.method()) + ", expected 'CONNECT'");
  }

  private static Optional<Refuse> upgrade(UpgradeRequest request) {
    Handshake handshake = request.handshake();
    if (majorHttpVersion(request.httpVersion()) > 1) {
      // No upgrade there (RFC 9113 section 8.6), and 426 needs headers that section 8.2.2 forbids.
      return Optional.of(
          refuse(
              VERSION_NOT_SUPPORTED,
              Map.of(),
              "WebSocket is spoken over HTTP/1.1 here, and the request came over "
                  + quoted(request.httpVersion())));
    }
    if (!hasToken(handshake, "Upgrade", "websocket")) {
      return Optional.of(
          upgradeRequired(
              "this address speaks WebSocket only: no Upgrade header names 'websocket'"));
    }
    if (!request.method().equals("GET")) {
      return malformed("the method is " + quoted(request.method()) + ", expected 'GET'");
    }
    if (!atLeastHttp11(request.httpVersion())) {
      return malformed(
          "the protocol is " + quoted(request.httpVersion()) + ", expected 'HTTP/1.1'");
    }
    if (!hasToken(handshake, "Connection", "upgrade")) {
      return malformed(
          "no Connection header names 'Upgrade', expected one; a proxy may have removed it");
    }
    if (single(handshake, "Host") == null) {
      return malformed("there is no Host header or more than one, expected exactly one");
    }
    return Optional.empty();
  }

  private static Optional<Refuse> version(UpgradeRequest request) {
    String version = single(request.handshake(), VERSION);
    if ("13".equals(version)) {
      return Optional.empty();
    }
    String what =
        VERSION
            + " is "
            + (version == null ? "absent or repeated" : quoted(version))
            + ", expected '13'";
    // A stream cannot be upgraded to anything; section 4.4 leaves the status open.
    return Optional.of(
        request.extendedConnect()
            ? refuse(BAD_REQUEST, Map.of(VERSION, "13"), what)
            : upgradeRequired(what));
  }

  private static Optional<Refuse> key(Handshake handshake) {
    String key = single(handshake, KEY);
    if (key == null) {
      return malformed("there is no " + KEY + " header or more than one, expected exactly one");
    }
    if (!isKey(key)) {
      return malformed(KEY + " is " + quoted(key) + ", expected 16 bytes in base64");
    }
    return Optional.empty();
  }

  private static Optional<Refuse> extension(Handshake handshake) {
    List<String> extensions = extensions(handshake);
    return ExtensionOffer.read(extensions).isPresent()
        ? Optional.empty()
        : malformed(
            EXTENSIONS
                + " is "
                + quoted(String.join(", ", extensions))
                + ", expected what RFC 6455 section 9.1 allows");
  }

  /** The values of the header in which extensions are offered. */
  static List<String> extensions(Handshake handshake) {
    return handshake.headers().getOrDefault(EXTENSIONS, List.of());
  }

  private static Optional<Refuse> malformed(String what) {
    return Optional.of(refuse(BAD_REQUEST, Map.of(), "Bad WebSocket handshake: " + what));
  }

  /**
   * Names both what to upgrade to (RFC 9110 section 15.5.22) and in which version (section 4.4).
   */
  private static Refuse upgradeRequired(String what) {
    return refuse(
        UPGRADE_REQUIRED,
        Map.of("Upgrade", "websocket", "Connection", "Upgrade", VERSION, "13"),
        "Upgrade required: " + what);
  }

  /** A refusal with its body as plain text that no browser takes for anything else. */
  static Refuse refuse(int status, Map<String, String> headers, String body) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", "text/plain; charset=utf-8");
    all.put("X-Content-Type-Options", "nosniff");
    return new Refuse(status, Map.copyOf(all), body);
  }

  private static boolean hasToken(Handshake handshake, String header, String token) {
    return handshake.headers().getOrDefault(header, List.of()).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .anyMatch(found -> found.strip().equalsIgnoreCase(token));
  }

  private static @Nullable String single(Handshake handshake, String header) {
    List<String> values = handshake.headers().getOrDefault(header, List.of());
    return values.size() == 1 && !values.get(0).isBlank() ? values.get(0).strip() : null;
  }

  private static boolean atLeastHttp11(String version) {
    Matcher matcher = HTTP.matcher(version);
    return matcher.matches()
        && matcher.group(1).equals("1")
        && matcher.group(2) != null
        && !matcher.group(2).equals("0");
  }

  /** 0 where it is no version. */
  private static int majorHttpVersion(String version) {
    Matcher matcher = HTTP.matcher(version);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static boolean isKey(String key) {
    if (key.length() != KEY_CHARACTERS) {
      return false;
    }
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static String quoted(String value) {
    String start = value.length() > MAX_QUOTED ? value.substring(0, MAX_QUOTED) + "..." : value;
    return "'" + start.replaceAll("\\p{Cntrl}", "?") + "'";
  }
}
