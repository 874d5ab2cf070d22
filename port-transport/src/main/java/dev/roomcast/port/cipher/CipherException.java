package dev.roomcast.port.cipher;

import org.jspecify.annotations.Nullable;

/** A key was refused, a message was not authentic, or a key is used up. The message is for logs. */
public final class CipherException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CipherException(String message, @Nullable Throwable cause) {
    // Hostile clients cause these by the thousand, and where it was thrown tells nothing.
    super(message, cause, /* enableSuppression= */ false, /* writableStackTrace= */ false);
  }
}
