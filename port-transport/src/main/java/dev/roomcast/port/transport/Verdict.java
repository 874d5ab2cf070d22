package dev.roomcast.port.transport;

import org.jspecify.annotations.Nullable;

/** The core's answer to an upgrade request. */
public sealed interface Verdict {

  /**
   * Upgrade.
   *
   * @param subprotocol one of those that the client offered, or null for none
   */
  record Accept(@Nullable String subprotocol) implements Verdict {}

  /**
   * Refuse.
   *
   * @param status an HTTP status of 400 to 599
   * @param reason plain text for the response's body, without secrets
   */
  record Reject(int status, String reason) implements Verdict {
    public Reject {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("status is " + status + ", expected 400 to 599");
      }
    }
  }

  /** Upgrade without a subprotocol. */
  static Verdict accept() {
    return new Accept(null);
  }
}
