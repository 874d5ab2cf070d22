package dev.roomcast.core.internal.model;

import java.util.Set;
import java.util.regex.Pattern;

/** Which pages may connect. */
public final class Origins {
  /** At the end of an allowed origin: whatever the port. */
  public static final String ANY_PORT = ":*";

  private static final Pattern PORT = Pattern.compile(":\\d+$");

  private Origins() {}

  /**
   * Whether a page may connect.
   *
   * @param allowed in lower case; empty allows every origin
   * @param origin in lower case, as the browser sent it
   */
  public static boolean allows(Set<String> allowed, String origin) {
    return allowed.isEmpty()
        || allowed.contains(origin)
        || allowed.contains(PORT.matcher(origin).replaceFirst("") + ANY_PORT);
  }
}
