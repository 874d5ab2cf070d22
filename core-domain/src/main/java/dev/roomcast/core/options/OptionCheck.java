package dev.roomcast.core.options;

import java.net.URI;
import java.time.Duration;

/** Refuses wrong options with a message that names option, value and what is allowed. */
final class OptionCheck {
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
    return that(value.isPositive(), option, value, "a duration of more than zero");
  }

  static Duration notNegative(String option, Duration value) {
    return that(!value.isNegative(), option, value, "a duration of zero or more");
  }

  static int atLeast(int least, String option, int value) {
    return that(value >= least, option, value, least + " or more");
  }

  static String origin(String value) {
    String allowed = "scheme://host or scheme://host:port, without a path";
    try {
      URI uri = new URI(value);
      boolean plain = uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
      return that(
          uri.getScheme() != null && uri.getHost() != null && plain,
          "allowedOrigins",
          value,
          allowed);
    } catch (java.net.URISyntaxException malformed) {
      return that(false, "allowedOrigins", value, allowed);
    }
  }
}
