package dev.roomcast.server.login;

import org.jspecify.annotations.Nullable;

/**
 * The data of {@code authenticate}.
 *
 * @param token in development mode the user's name
 */
record Login(@Nullable String token) {

  /** Without the token, which is secret. */
  @Override
  public String toString() {
    return "Login[]";
  }
}
