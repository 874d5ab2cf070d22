package dev.roomcast.testkit.conformance;

import static dev.roomcast.testkit.conformance.Payloads.utf8;
import static dev.roomcast.testkit.transport.ClientFrames.join;
import static dev.roomcast.testkit.transport.ClientFrames.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** 11: requests that become a WebSocket, and those that must not. */
final class Handshakes {
  private static final Request GOOD = Request.GOOD;
  private static final String KEY = "Sec-WebSocket-Key";
  private static final String VERSION = "Sec-WebSocket-Version";

  private Handshakes() {}

  static List<Group> groups() {
    return List.of(
        Group.of("11.1", "4.2.1", "headers in other forms", headers()),
        Group.of("11.2", "4.2.2", "keys", keys()),
        Group.of("11.3", "4.2.1", "what need not be understood", notUnderstood()),
        Group.of("11.4", "4.1", "requests cut anywhere, and frames behind them", cut()),
        Group.of("11.5", "4.2.1", "requests that are malformed", malformed()),
        Group.of("11.6", "4.4", "other versions", versions()),
        Group.of("11.7", "4.2.1", "no upgrade at all", noUpgrade()));
  }

  private static Case taken(String title, Request request) {
    return Case.of(title, new Step.Upgrade(request)).sends(text("x")).echoes("x");
  }

  private static Case refused(String title, Request request, Integer... statuses) {
    return Case.of(title, new Step.Refused(request, Arrays.asList(statuses)));
  }

  private static List<Case> headers() {
    return List.of(
        taken("as in the RFC", GOOD),
        taken("Upgrade: WebSocket", GOOD.replacing("Upgrade", "WebSocket")),
        taken("Upgrade: WEBSOCKET", GOOD.replacing("Upgrade", "WEBSOCKET")),
        taken("Upgrade: h2c, websocket", GOOD.replacing("Upgrade", "h2c, websocket")),
        taken("Connection: upgrade", GOOD.replacing("Connection", "upgrade")),
        taken("Connection: UPGRADE", GOOD.replacing("Connection", "UPGRADE")),
        taken(
            "Connection: keep-alive, Upgrade", GOOD.replacing("Connection", "keep-alive, Upgrade")),
        taken("Connection: Upgrade,keep-alive", GOOD.replacing("Connection", "Upgrade,keep-alive")),
        taken(
            "two Connection headers",
            GOOD.replacing("Connection", "keep-alive").with("Connection: Upgrade")),
        taken("names in lower case", lowerCase()),
        taken(
            "white space around values",
            GOOD.replacing("Upgrade", "  websocket \t").replacing(VERSION, " 13 ")));
  }

  private static Request lowerCase() {
    return GOOD.line("GET {target} HTTP/1.1")
        .without("Host")
        .without("Connection")
        .without("Upgrade")
        .without(VERSION)
        .without(KEY)
        .with(
            "host: {host}",
            "connection: upgrade",
            "upgrade: websocket",
            "sec-websocket-version: 13",
            "sec-websocket-key: " + Request.KEY);
  }

  private static List<Case> keys() {
    List<Case> cases = new ArrayList<>();
    for (String key :
        List.of(
            "x3JJHMbDL1EzLkh9GBhXDw==",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "/////////////////////w==",
            "AQIDBAUGBwgJCgsMDQ4PEA==",
            "+/+/+/+/+/+/+/+/+/+/+w==")) {
      cases.add(taken(key, GOOD.replacing(KEY, key)));
    }
    cases.add(refused("none", GOOD.without(KEY), 400));
    cases.add(refused("an empty one", GOOD.replacing(KEY, ""), 400));
    cases.add(refused("two of them", GOOD.with(KEY + ": x3JJHMbDL1EzLkh9GBhXDw=="), 400));
    cases.add(refused("of 15 bytes", GOOD.replacing(KEY, "AAAAAAAAAAAAAAAAAAAA"), 400));
    cases.add(refused("of 17 bytes", GOOD.replacing(KEY, "AAAAAAAAAAAAAAAAAAAAAAA="), 400));
    cases.add(refused("without its padding", GOOD.replacing(KEY, "AAAAAAAAAAAAAAAAAAAAAA"), 400));
    cases.add(refused("no base64", GOOD.replacing(KEY, "!!!!!!!!!!!!!!!!!!!!!!=="), 400));
    cases.add(
        refused("in the alphabet of URLs", GOOD.replacing(KEY, "-_-_-_-_-_-_-_-_-_-_-w=="), 400));
    return cases;
  }

  private static List<Case> notUnderstood() {
    String extensions = "Sec-WebSocket-Extensions";
    return List.of(
        taken("an extension that nobody knows", GOOD.replacing(extensions, "x-unknown; a=1; b")),
        taken("two headers of extensions", GOOD.with(extensions + ": x-a", extensions + ": x-b")),
        taken("subprotocols", GOOD.replacing("Sec-WebSocket-Protocol", "chat, superchat")),
        taken("an origin", GOOD.replacing("Origin", "https://example.com")),
        taken("an origin that is null", GOOD.replacing("Origin", "null")),
        taken("cookies", GOOD.replacing("Cookie", "a=b; c=d")),
        taken("a header of 4000 bytes", GOOD.replacing("X-Long", "x".repeat(4000))),
        taken("50 headers", GOOD.with(fiftyHeaders())),
        taken("more parameters", GOOD.line("GET {target}&a=b&c HTTP/1.1")),
        taken("an absolute target", GOOD.line("GET http://{host}{target} HTTP/1.1")));
  }

  private static String[] fiftyHeaders() {
    String[] headers = new String[50];
    Arrays.setAll(headers, i -> "X-Header-" + i + ": value");
    return headers;
  }

  private static List<Case> cut() {
    List<Case> cases = new ArrayList<>();
    for (int piece : new int[] {1, 2, 7, 64}) {
      cases.add(taken("%d bytes in one write".formatted(piece), GOOD.inPieces(piece)));
    }
    cases.add(behind("a text behind it", text("x")).echoes("x"));
    cases.add(
        behind("a ping and a text behind it", Payloads.ping("p"), text("x"))
            .pongs(utf8("p"))
            .echoes("x"));
    cases.add(
        behind("half a frame behind it", Payloads.upTo(text("xyz"), 4))
            .sends(Payloads.after(text("xyz"), 4))
            .echoes("xyz"));
    cases.add(behind("a violation behind it", new byte[] {0x03, 0x00}).fails(1002));
    return cases;
  }

  /** Frames that come with the request, before it was answered. */
  private static Case behind(String title, byte[]... frames) {
    return Case.of(title, new Step.Upgrade(GOOD.behind(join(frames))));
  }

  private static List<Case> malformed() {
    return List.of(
        refused("POST", GOOD.line("POST {target} HTTP/1.1").with("Content-Length: 0"), 400, 405),
        refused("PUT", GOOD.line("PUT {target} HTTP/1.1").with("Content-Length: 0"), 400, 405),
        refused("HTTP/1.0", GOOD.line("GET {target} HTTP/1.0"), 400, 426, 505),
        refused("no Host", GOOD.without("Host"), 400),
        refused("two Hosts", GOOD.with("Host: example.com"), 400),
        refused("no Connection", GOOD.without("Connection"), 400, 426),
        refused("Connection: close", GOOD.replacing("Connection", "close"), 400, 426),
        refused("Connection: Upgraded", GOOD.replacing("Connection", "Upgraded"), 400, 426),
        refused(
            "a body in chunks",
            GOOD.with("Transfer-Encoding: chunked").behind(utf8("5\r\nhello\r\n0\r\n\r\n")),
            400,
            413),
        refused("a body", GOOD.with("Content-Length: 5").behind(utf8("hello")), 400, 413));
  }

  private static List<Case> versions() {
    List<Case> cases = new ArrayList<>();
    for (String version : List.of("0", "7", "8", "12", "14", "113", "x", "-13", "13, 8")) {
      cases.add(refused(version, GOOD.replacing(VERSION, version), 426, 400));
    }
    cases.add(refused("none", GOOD.without(VERSION), 426, 400));
    cases.add(refused("two of them", GOOD.with(VERSION + ": 8"), 426, 400));
    return cases;
  }

  private static List<Case> noUpgrade() {
    return List.of(
        refused("no Upgrade", GOOD.without("Upgrade"), 426, 400),
        refused("Upgrade: h2c", GOOD.replacing("Upgrade", "h2c"), 426, 400),
        refused("Upgrade: websockets", GOOD.replacing("Upgrade", "websockets"), 426, 400),
        refused(
            "a plain request",
            GOOD.without("Upgrade").without("Connection").without(VERSION).without(KEY),
            426,
            400));
  }
}
