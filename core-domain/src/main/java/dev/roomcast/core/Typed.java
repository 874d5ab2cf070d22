package dev.roomcast.core;

import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.audience.Client;

/**
 * The one place of unchecked casts: inside, metadata is {@code Object}; it was put there by the
 * application's authenticator, whose type is that of the server.
 */
final class Typed {
  private Typed() {}

  @SuppressWarnings("unchecked")
  static <M> Client<M> client(Client<Object> erased) {
    return (Client<M>) erased;
  }

  @SuppressWarnings("unchecked")
  static Audiences<Object> erased(Audiences<?> typed) {
    return (Audiences<Object>) typed;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <T> T hook(Object typed) {
    return (T) typed;
  }
}
