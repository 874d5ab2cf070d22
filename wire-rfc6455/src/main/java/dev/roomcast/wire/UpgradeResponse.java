package dev.roomcast.wire;

import dev.roomcast.port.transport.Handshake;
import java.util.Map;

/** The answer to an {@link UpgradeRequest}. */
public sealed interface UpgradeResponse {

  /** Response headers, those of the upgrade included. */
  Map<String, String> headers();

  /**
   * Answer 101, or 200 to an extended CONNECT, and hand the bytes over.
   *
   * @param handshake with the agreed subprotocol; for {@link WebSocketWire#open}
   */
  record Switch(Map<String, String> headers, Handshake handshake) implements UpgradeResponse {}

  /**
   * Answer with an error and stay HTTP.
   *
   * @param status HTTP status
   * @param body plain text that names what was wrong and what was expected
   */
  record Refuse(int status, Map<String, String> headers, String body) implements UpgradeResponse {}
}
