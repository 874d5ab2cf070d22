package dev.roomcast.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers as HTTP/1.1 writes them (RFC 9112 section 4). */
final class HttpText {
  private HttpText() {}

  /** An answer with nothing after it: the connection is upgraded, or closed. Direct. */
  static ByteBuffer of(UpgradeResponse response) {
    return switch (response) {
      case UpgradeResponse.Switch agreed ->
          text("101 Switching Protocols", agreed.headers(), new byte[0]);
      case UpgradeResponse.Refuse refusal -> {
        byte[] body = (refusal.body() + "\n").getBytes(StandardCharsets.UTF_8);
        // The reason phrase may be empty; nobody reads it, and the body says more.
        String status = refusal.status() + " ";
        yield text(
            status + "\r\nConnection: close\r\nContent-Length: " + body.length,
            refusal.headers(),
            body);
      }
    };
  }

  private static ByteBuffer text(String begin, Map<String, String> headers, byte[] body) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(begin).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocateDirect(bytes.length + body.length).put(bytes).put(body).flip();
  }
}
