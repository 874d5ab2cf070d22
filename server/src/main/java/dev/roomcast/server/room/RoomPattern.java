package dev.roomcast.server.room;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms a user may join: {@code *} stands for any text, also none; <code>${userId}</code> for
 * the id of the user who asks; all else for itself. Immutable.
 *
 * @param source as written
 * @param pieces what stands between the stars, one more than there are stars
 */
public record RoomPattern(String source, List<String> pieces) {
  private static final String USER = "${userId}";

  /** Every room. */
  public static final RoomPattern ANY = parse("*");

  public RoomPattern {
    pieces = List.copyOf(pieces);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException that names the pattern and what is allowed
   */
  public static RoomPattern parse(String source) {
    if (source.isEmpty() || source.replace(USER, "").contains("${")) {
      throw new IllegalArgumentException(
          "room pattern is '" + source + "', expected a name with '*' and '" + USER + "' at most");
    }
    return new RoomPattern(source, List.of(source.split("\\*", -1)));
  }

  /**
   * Whether the user may join the room.
   *
   * @param userId null for an anonymous client, for whom a pattern with the user's id never holds
   */
  public boolean allows(String room, @Nullable String userId) {
    if (userId == null && source.contains(USER)) {
      return false;
    }
    // Filled in after the stars were found, so that a star in a user's id is only a star.
    List<String> parts = new ArrayList<>(pieces);
    parts.replaceAll(piece -> userId == null ? piece : piece.replace(USER, userId));
    return parts.size() == 1 ? room.equals(parts.getFirst()) : between(room, parts);
  }

  /** The first part begins the room, the last ends it, and the others stand between in order. */
  private static boolean between(String room, List<String> parts) {
    String first = parts.removeFirst();
    String last = parts.removeLast();
    int end = room.length() - last.length();
    if (end < first.length() || !room.startsWith(first) || !room.endsWith(last)) {
      return false;
    }
    int at = first.length();
    for (String part : parts) {
      int found = room.indexOf(part, at);
      if (found < 0 || found + part.length() > end) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
