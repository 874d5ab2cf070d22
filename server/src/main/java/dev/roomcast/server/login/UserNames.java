package dev.roomcast.server.login;

/** What may be a user's id. */
final class UserNames {
  static final String ALLOWED = "1 to 256 characters without control characters";

  private static final int MAX_LENGTH = 256;

  private UserNames() {}

  static boolean valid(String name) {
    return !name.isBlank()
        && name.length() <= MAX_LENGTH
        && name.codePoints().noneMatch(UserNames::unprintable);
  }

  // They would forge lines of a log; a lone surrogate has no UTF-8.
  private static boolean unprintable(int point) {
    return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
  }
}
