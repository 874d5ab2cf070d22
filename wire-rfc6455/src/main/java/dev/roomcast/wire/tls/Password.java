package dev.roomcast.wire.tls;

/** Characters that nobody prints. Immutable. */
public final class Password {
  private final char[] characters;

  /** The characters are copied. */
  public Password(char[] characters) {
    this.characters = characters.clone();
  }

  char[] characters() {
    return characters.clone();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Password[...]";
  }
}
