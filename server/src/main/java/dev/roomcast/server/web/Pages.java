package dev.roomcast.server.web;

import dev.roomcast.port.codec.JsonMapper;
import dev.roomcast.wire.http.PageHandler;
import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Answers ordinary requests: the page, health and, where allowed, statistics. Thread-safe. */
public final class Pages implements PageHandler {
  private static final Map<String, String> ALWAYS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Resource-Policy",
          "same-origin");

  private final StaticFiles files;
  private final Status status;
  private final JsonMapper json;
  private final boolean stats;

  private Pages(StaticFiles files, Status status, JsonMapper json, boolean stats) {
    this.files = files;
    this.status = status;
    this.json = json;
    this.stats = stats;
  }

  /** With the page that comes with the server. */
  public static Pages of(Status status, JsonMapper json, boolean stats) {
    return new Pages(StaticFiles.fromClassPath("web"), status, json, stats);
  }

  /** Whether a path is needed here, so that no WebSocket can be at it. */
  public static boolean taken(String path) {
    return path.equals("/") || path.equals("/stats") || path.startsWith("/health/");
  }

  @Override
  public PageResponse answer(PageRequest request) {
    PageResponse bare =
        request.method().equals("GET") || request.method().equals("HEAD")
            ? route(request)
            : with(PageResponse.text(405, "GET and HEAD only\n"), Map.of("Allow", "GET, HEAD"));
    return with(bare, ALWAYS);
  }

  private PageResponse route(PageRequest request) {
    return switch (request.path()) {
      case "/health/live" -> state(200, "live");
      case "/health/ready" -> ready();
      case "/stats" -> stats ? json(200, status.stats()) : missing();
      default -> files.answer(request).orElseGet(Pages::missing);
    };
  }

  private PageResponse ready() {
    Status.Readiness readiness = status.readiness();
    return state(readiness == Status.Readiness.READY ? 200 : 503, readiness.word());
  }

  private PageResponse state(int code, String word) {
    return json(code, Map.of("status", word));
  }

  private PageResponse json(int code, Map<String, ?> body) {
    return new PageResponse(
        code,
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        ByteBuffer.wrap(json.toJson(body).toByteArray()));
  }

  private static PageResponse missing() {
    return PageResponse.text(404, "Nothing here\n");
  }

  private static PageResponse with(PageResponse response, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.putAll(response.headers());
    return new PageResponse(response.status(), headers, response.body());
  }
}
