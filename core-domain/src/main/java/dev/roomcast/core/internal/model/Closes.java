package dev.roomcast.core.internal.model;

/** The closes that the core begins, with their exact reasons: the protocol, section 1.6. */
public final class Closes {
  public static final Ending SHUTTING_DOWN = new Ending(1001, "Server shutting down");
  public static final Ending INTERNAL_ERROR = new Ending(1011, "Internal error");
  public static final Ending AUTHENTICATION_TIMEOUT = new Ending(4001, "Authentication timeout");
  public static final Ending HEARTBEAT_TIMEOUT = new Ending(4002, "Heartbeat timeout");
  public static final Ending AUTHENTICATION_FAILED = new Ending(4003, "Authentication failed");
  public static final Ending ENCRYPTION_REQUIRED = new Ending(4004, "Encryption required");
  public static final Ending SLOW_CONSUMER = new Ending(4005, "Slow consumer");
  public static final Ending RATE_LIMITED = new Ending(4006, "Rate limited");
  public static final Ending AUTHENTICATION_EXPIRED = new Ending(4008, "Authentication expired");

  private static final int DISCONNECTED_CODE = 4007;

  private Closes() {}

  /** The application disconnects a client. */
  public static Ending disconnected(String reason) {
    return new Ending(DISCONNECTED_CODE, reason);
  }
}
