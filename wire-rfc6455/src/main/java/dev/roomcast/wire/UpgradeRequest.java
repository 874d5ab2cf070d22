package dev.roomcast.wire;

import dev.roomcast.port.transport.Handshake;

/**
 * An HTTP request that may become a WebSocket.
 *
 * @param method as sent, for example {@code GET}
 * @param httpVersion as sent, for example {@code HTTP/1.1}
 * @param handshake headers, query and address
 */
public record UpgradeRequest(String method, String httpVersion, Handshake handshake) {}
