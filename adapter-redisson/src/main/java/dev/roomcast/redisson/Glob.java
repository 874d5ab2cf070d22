package dev.roomcast.redisson;

/** A prefix as Redis's glob-style pattern, and back. Pure. */
final class Glob {
  /** No others: an ACL grants a pattern by its very text. */
  private static final String SPECIAL = "*?[\\";

  private Glob() {}

  /** The pattern of all that begins so: what is special there is escaped. */
  static String pattern(String prefix) {
    StringBuilder pattern = new StringBuilder(prefix.length() + 1);
    for (int i = 0; i < prefix.length(); i++) {
      char unit = prefix.charAt(i);
      if (SPECIAL.indexOf(unit) >= 0) {
        pattern.append('\\');
      }
      pattern.append(unit);
    }
    return pattern.append('*').toString();
  }

  /** What a {@link #pattern} was made of. */
  static String prefix(String pattern) {
    StringBuilder prefix = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length() - 1; i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
      }
      prefix.append(pattern.charAt(i));
    }
    return prefix.toString();
  }
}
