package dev.roomcast.port.transport;

import java.nio.charset.StandardCharsets;

/**
 * Why a connection ended. Immutable.
 *
 * @param code 1000 to 4999; RFC 6455 section 7.4
 * @param reason at most 123 bytes of UTF-8, so that it fits a control frame (section 5.5)
 */
public record CloseStatus(int code, String reason) {

  /** The longest reason in bytes: a control frame's 125 less the code's 2. */
  public static final int MAX_REASON_BYTES = 123;

  /** The peer closed without a code; never on the wire (RFC 6455 section 7.4.1). */
  public static final CloseStatus NO_STATUS = new CloseStatus(1005, "");

  /** The connection broke; never on the wire (RFC 6455 section 7.4.1). */
  public static final CloseStatus ABNORMAL = new CloseStatus(1006, "");

  /** Something threw that must not. */
  public static final CloseStatus INTERNAL_ERROR = new CloseStatus(1011, "Internal error");

  public CloseStatus {
    if (code < 1000 || code > 4999) {
      throw new IllegalArgumentException("close code is " + code + ", expected 1000 to 4999");
    }
    int bytes = reason.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "close reason has " + bytes + " bytes of UTF-8, expected at most " + MAX_REASON_BYTES);
    }
  }

  /** Whether the code may stand in a close frame (RFC 6455 section 7.4.2). */
  public boolean sendable() {
    return switch (code) {
      case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
      default -> code >= 3000;
    };
  }
}
