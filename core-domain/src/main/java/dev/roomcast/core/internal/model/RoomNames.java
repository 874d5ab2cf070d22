package dev.roomcast.core.internal.model;

import java.util.regex.Pattern;

/** Which names rooms may bear: the protocol, section 1.4. */
public final class RoomNames {
  /** The longest name in UTF-16 units. */
  public static final int MAX_LENGTH = 256;

  /** Names that begin so are kept for the framework. */
  public static final String RESERVED_PREFIX = "ws:";

  /** Which names are valid, for people. */
  public static final String ALLOWED =
      "1 to "
          + MAX_LENGTH
          + " UTF-16 units, no lone surrogates, that do not start with '"
          + RESERVED_PREFIX
          + "'";

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private RoomNames() {}

  /** Whether the name is valid for anybody. */
  public static boolean valid(String name) {
    return !name.isEmpty()
        && name.length() <= MAX_LENGTH
        && !name.startsWith(RESERVED_PREFIX)
        && wellFormed(name);
  }

  // A lone surrogate has no UTF-8: on the bus, names that differ in it would be one channel.
  private static boolean wellFormed(String name) {
    return name.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
  }

  /**
   * Whether a client may ask for the room at all. A name in the form of a client's id is refused,
   * but for its own: such a room carries what is sent to that client across servers.
   */
  public static boolean askable(String name, String clientId) {
    return valid(name) && (name.equals(clientId) || !UUID.matcher(name).matches());
  }

  /**
   * Refuses a name that is not valid.
   *
   * @throws IllegalArgumentException that names the room and what is allowed
   */
  public static String requireValid(String name) {
    if (!valid(name)) {
      throw new IllegalArgumentException("room is '" + name + "', expected " + ALLOWED);
    }
    return name;
  }
}
