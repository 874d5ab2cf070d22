package dev.roomcast.core.internal.model;

/** Every text of an {@code error} event: the protocol, sections 1.2 and 1.3. */
public enum ErrorText {
  INVALID_FORMAT("Invalid message format"),
  NOT_AUTHENTICATED("Not authenticated"),
  ALREADY_AUTHENTICATED("Already authenticated"),
  AUTHENTICATION_FAILED("Authentication failed"),
  AUTHENTICATION_ERROR("Authentication error"),
  TOO_MANY_SESSIONS("Too many sessions"),
  HANDSHAKE_FAILED("Encryption handshake failed"),
  DECRYPTION_FAILED("Decryption failed"),
  INTERNAL("Internal error");

  private final String text;

  ErrorText(String text) {
    this.text = text;
  }

  /** As it stands in the event's {@code message}. */
  public String text() {
    return text;
  }
}
