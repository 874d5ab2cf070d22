package dev.roomcast.core.options;

import dev.roomcast.core.internal.model.Origins;
import dev.roomcast.core.internal.model.RoomNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;

/** Refuses wrong options with a message that names option, value and what is allowed. */
final class OptionCheck {
  /** A year that means never would overflow the nanoseconds that deadlines are counted in. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  private static final int MAX_PORT = 65_535;

  private OptionCheck() {}

  static <T> T that(boolean holds, String option, T value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "option " + option + " is '" + value + "', expected " + allowed);
    }
    return value;
  }

  static String notBlank(String option, String value) {
    return that(!value.isBlank(), option, value, "a text that is not blank");
  }

  static Duration positive(String option, Duration value) {
    return inRange(value.isPositive(), option, value, "a duration of more than zero");
  }

  static Duration notNegative(String option, Duration value) {
    return inRange(!value.isNegative(), option, value, "a duration of zero or more");
  }

  private static Duration inRange(boolean enough, String option, Duration value, String least) {
    boolean notTooLong = value.compareTo(LONGEST) <= 0;
    return that(enough && notTooLong, option, value, least + ", at most 3650 days");
  }

  static String roomName(String option, String value) {
    return that(RoomNames.valid(value), option, value, RoomNames.ALLOWED);
  }

  static int atLeast(int least, String option, int value) {
    return that(value >= least, option, value, least + " or more");
  }

  /** An origin as browsers write it: in lower case, and without the port that is the default. */
  static String origin(String value) {
    String allowed = "scheme://host, scheme://host:port or scheme://host:*, without a path";
    boolean anyPort = value.endsWith(Origins.ANY_PORT);
    String rest = anyPort ? value.substring(0, value.length() - Origins.ANY_PORT.length()) : value;
    try {
      URI uri = new URI(rest);
      // What is left of an origin when scheme, host and port are taken away is nothing.
      boolean plain =
          uri.getScheme() != null
              && uri.getHost() != null
              && !(anyPort && uri.getPort() >= 0)
              && uri.getPort() <= MAX_PORT
              && rest.equals(uri.getScheme() + "://" + hostAndPort(uri));
      that(plain, "allowedOrigins", value, allowed);
      String asWritten = value.toLowerCase(Locale.ROOT);
      return asWritten.replaceFirst("^(http://.*):80$|^(https://.*):443$", "$1$2");
    } catch (URISyntaxException malformed) {
      return that(false, "allowedOrigins", value, allowed);
    }
  }

  private static String hostAndPort(URI uri) {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
