package dev.roomcast.core.internal.model;

import dev.roomcast.port.transport.CloseStatus;

/** The closes that the core begins, with their exact reasons: the protocol, section 1.6. */
public final class Closes {
  public static final CloseStatus SHUTTING_DOWN = new CloseStatus(1001, "Server shutting down");
  public static final CloseStatus INTERNAL_ERROR = CloseStatus.INTERNAL_ERROR;
  public static final CloseStatus AUTHENTICATION_TIMEOUT =
      new CloseStatus(4001, "Authentication timeout");
  public static final CloseStatus HEARTBEAT_TIMEOUT = new CloseStatus(4002, "Heartbeat timeout");
  public static final CloseStatus AUTHENTICATION_FAILED =
      new CloseStatus(4003, "Authentication failed");
  public static final CloseStatus ENCRYPTION_REQUIRED =
      new CloseStatus(4004, "Encryption required");
  public static final CloseStatus SLOW_CONSUMER = new CloseStatus(4005, "Slow consumer");
  public static final CloseStatus RATE_LIMITED = new CloseStatus(4006, "Rate limited");
  public static final CloseStatus AUTHENTICATION_EXPIRED =
      new CloseStatus(4008, "Authentication expired");

  private static final int DISCONNECTED_CODE = 4007;

  private Closes() {}

  /**
   * The application disconnects a client.
   *
   * @throws IllegalArgumentException if the reason is longer than 123 bytes of UTF-8
   */
  public static CloseStatus disconnected(String reason) {
    return new CloseStatus(DISCONNECTED_CODE, reason);
  }
}
