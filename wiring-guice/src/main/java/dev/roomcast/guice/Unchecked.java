package dev.roomcast.guice;

/**
 * The one place of unchecked casts: hooks were bound with the metadata's type, and the builder
 * knows it as {@code Object}.
 */
final class Unchecked {
  private Unchecked() {}

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <T> T cast(Object typed) {
    return (T) typed;
  }
}
