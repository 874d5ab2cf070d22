package dev.roomcast.guice;

/**
 * The one place of unchecked casts: an application names the metadata's type, and what composes its
 * server knows it as {@code Object}.
 */
final class Unchecked {
  private Unchecked() {}

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <T> T cast(Object typed) {
    return (T) typed;
  }
}
