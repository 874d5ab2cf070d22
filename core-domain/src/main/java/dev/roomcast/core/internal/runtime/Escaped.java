package dev.roomcast.core.internal.runtime;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the log for an exception whose text has line breaks or other control characters:
 * exceptions quote what they did not expect, which may be a client's, and a client must not write
 * lines of its own into the log. Has the stacks of the original.
 */
final class Escaped extends Throwable {
  private static final long serialVersionUID = 1L;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\u2028\\u2029&&[^\\t]]");

  private Escaped(Throwable original, @Nullable Throwable cause) {
    super(line(original.toString()), cause);
    setStackTrace(original.getStackTrace());
  }

  /** The text in one line. */
  static String line(String text) {
    return CONTROL
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }

  /** What was thrown if it can be logged as it is, which nearly all can; otherwise a stand-in. */
  static Throwable of(Throwable thrown) {
    Throwable standIn = harmless(thrown, newSet()) ? null : standIn(thrown, newSet());
    return standIn == null ? thrown : standIn;
  }

  // Causes and suppressed ones may go round in a circle.
  private static Set<Throwable> newSet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static boolean harmless(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return true;
    }
    // Some loggers write the one, some the other.
    if (CONTROL.matcher(thrown + " " + thrown.getMessage()).find()
        || !harmless(thrown.getCause(), seen)) {
      return false;
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (!harmless(suppressed, seen)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Throwable standIn(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return null;
    }
    Throwable standIn = new Escaped(thrown, standIn(thrown.getCause(), seen));
    for (Throwable original : thrown.getSuppressed()) {
      Throwable suppressed = standIn(original, seen);
      if (suppressed != null) {
        standIn.addSuppressed(suppressed);
      }
    }
    return standIn;
  }
}
