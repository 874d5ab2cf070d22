package dev.roomcast.port.codec;

import org.jspecify.annotations.Nullable;

/** JSON text does not bind to a type, or a value cannot be written as JSON. */
public final class JsonBindingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JsonBindingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
