package dev.roomcast.wire;

import dev.roomcast.port.transport.Handshake;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request that may become a WebSocket: an upgrade (RFC 6455 section 4.1), or an extended
 * CONNECT of HTTP/2 or later (RFC 8441 section 5).
 *
 * @param method as sent, for example {@code GET}
 * @param httpVersion as sent, for example {@code HTTP/1.1}
 * @param protocol what {@code :protocol} of an extended CONNECT names; null for every other request
 * @param handshake headers, query and address
 */
public record UpgradeRequest(
    String method, String httpVersion, @Nullable String protocol, Handshake handshake) {

  /** A request that is no extended CONNECT. */
  public UpgradeRequest(String method, String httpVersion, Handshake handshake) {
    this(method, httpVersion, null, handshake);
  }

  /** Whether the stream itself becomes the WebSocket, and nothing is upgraded. */
  public boolean extendedConnect() {
    return protocol != null;
  }
}
