package dev.roomcast.port.transport;

import org.jspecify.annotations.Nullable;

/** A transport cannot start or cannot go on; the message names what was asked for and why not. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
