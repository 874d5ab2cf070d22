package dev.roomcast.port.bus;

import org.jspecify.annotations.Nullable;

/** The bus cannot be reached, or did not take a message. */
public final class BusException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BusException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
