package dev.roomcast.wire.internal;

import org.jspecify.annotations.Nullable;

/**
 * Reads tokens and what stands between them in a header's value (RFC 9110 section 5.6), white space
 * aside. Confined to one thread.
 */
final class TokenScanner {
  private static final String MARKS = "!#$%&'*+-.^_`|~";

  private final String text;
  private int at;

  TokenScanner(String text) {
    this.text = text;
  }

  boolean atEnd() {
    skipSpace();
    return at == text.length();
  }

  boolean atEndOfElement() {
    return atEnd() || text.charAt(at) == ',';
  }

  /** Takes a character if it is the next. */
  boolean take(char expected) {
    if (atEnd() || text.charAt(at) != expected) {
      return false;
    }
    at++;
    return true;
  }

  /** The next token; null if there is none. */
  @Nullable String token() {
    skipSpace();
    int from = at;
    while (at < text.length() && isToken(text.charAt(at))) {
      at++;
    }
    return at == from ? null : text.substring(from, at);
  }

  /**
   * The next token, bare or in quotes. What stands in quotes must be a token too once the
   * backslashes are gone (RFC 6455 section 9.1).
   */
  @Nullable String tokenOrQuoted() {
    if (!take('"')) {
      return token();
    }
    StringBuilder unquoted = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\') {
        at++;
      }
      if (at == text.length() || !isToken(text.charAt(at))) {
        return null;
      }
      unquoted.append(text.charAt(at++));
    }
    return take('"') && !unquoted.isEmpty() ? unquoted.toString() : null;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private static boolean isToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || MARKS.indexOf(c) >= 0;
  }
}
