package dev.roomcast.server.web;

import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A file of the page, with all its answers ready. Immutable. */
final class Resource {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json",
          "png", "image/png",
          "ico", "image/x-icon",
          "txt", "text/plain; charset=utf-8");

  private final String tag;
  private final PageResponse whole;
  private final PageResponse unchanged;

  Resource(String name, byte[] content) {
    tag = '"' + hash(content) + '"';
    // Browsers ask each time, and get 304 unless the server was updated.
    Map<String, String> headers =
        Map.of("Content-Type", type(name), "ETag", tag, "Cache-Control", "no-cache");
    whole = new PageResponse(200, headers, ByteBuffer.wrap(content));
    unchanged =
        new PageResponse(
            304, Map.of("ETag", tag, "Cache-Control", "no-cache"), ByteBuffer.allocate(0));
  }

  PageResponse answer(PageRequest request) {
    return request.headers().getOrDefault("If-None-Match", List.of()).stream()
            .flatMap(line -> List.of(line.split(",")).stream())
            .anyMatch(this::isTag)
        ? unchanged
        : whole;
  }

  // Weak comparison (RFC 9110 section 13.1.2): a proxy may have made the tag weak.
  private boolean isTag(String candidate) {
    String stripped = candidate.strip();
    return stripped.equals("*") || stripped.equals(tag) || stripped.equals("W/" + tag);
  }

  private static String type(String name) {
    String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(suffix, "application/octet-stream");
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException absent) {
      throw new AssertionError("every Java platform has SHA-256", absent);
    }
  }
}
