package dev.roomcast.wire.internal;

import dev.roomcast.port.transport.CloseStatus;

/** The closes that the wire itself begins, with their exact reasons (protocol, section 1.6). */
public final class Closes {
  public static final CloseStatus IDLE = new CloseStatus(1001, "Idle timeout");
  public static final CloseStatus PROTOCOL_ERROR = new CloseStatus(1002, "Protocol error");
  public static final CloseStatus CORRUPT = new CloseStatus(1002, "Corrupt compressed data");
  public static final CloseStatus MALFORMED_UTF8 = new CloseStatus(1007, "Malformed UTF-8");
  public static final CloseStatus TOO_BIG = new CloseStatus(1009, "Message too big");

  private Closes() {}
}
