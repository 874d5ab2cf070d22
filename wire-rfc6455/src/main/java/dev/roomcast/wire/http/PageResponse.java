package dev.roomcast.wire.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer to a {@link PageRequest}; may be sent many times. Immutable. For {@code HEAD} the body
 * is left out on the wire.
 *
 * @param status HTTP status, 200 to 599
 * @param headers beside {@code Content-Length}, which is added
 * @param body from position to limit
 */
public record PageResponse(int status, Map<String, String> headers, ByteBuffer body) {

  public PageResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status is " + status + ", expected 200 to 599");
    }
    headers = Map.copyOf(headers);
    body = body.asReadOnlyBuffer();
  }

  /**
   * Bytes of one type, for example {@code text/html; charset=utf-8}; not to be changed any more.
   */
  public static PageResponse of(int status, String contentType, byte[] body) {
    return new PageResponse(status, Map.of("Content-Type", contentType), ByteBuffer.wrap(body));
  }

  /** Plain text in UTF-8. */
  public static PageResponse text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }
}
