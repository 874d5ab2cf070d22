package dev.roomcast.core.audience;

import java.util.Locale;

/**
 * Where a client stands, as in the protocol, section 1.1.
 *
 * <pre>
 * UNAUTHORIZED --authenticate--&gt; AUTHENTICATING --admitted--&gt; AUTHENTICATED
 *      |                              |                            |
 *      +--------- close / timeout ----+--------- close ------------+--&gt; DISCONNECTED
 * </pre>
 */
public enum ClientState {
  /** Connected, and has not asked to be authenticated yet. */
  UNAUTHORIZED,
  /** The authenticator or the encryption handshake is running. */
  AUTHENTICATING,
  /** Admitted: in rooms, and reached by messages. */
  AUTHENTICATED,
  /** Its close is queued or done; final. */
  DISCONNECTED;

  private final String value = name().toLowerCase(Locale.ROOT);

  /** The word for it on the wire and in logs, for example {@code unauthorized}. */
  public String value() {
    return value;
  }
}
