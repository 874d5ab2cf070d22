package dev.roomcast.wire.tls;

import org.jspecify.annotations.Nullable;

/** Certificate or key cannot be used; the message names the file, the reason and what to do. */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TlsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
