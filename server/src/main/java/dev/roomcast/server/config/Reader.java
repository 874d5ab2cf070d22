package dev.roomcast.server.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Turns an option's text into its value.
 *
 * @param <T> the value's type
 */
@FunctionalInterface
interface Reader<T> {

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException whose message says what is expected, after "expected "
   */
  T read(String text);

  /** The text itself. */
  static Reader<String> text() {
    return text -> text;
  }

  /** {@code true} or {@code false}. */
  static Reader<Boolean> yesOrNo() {
    return text ->
        switch (text) {
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("expected true or false");
        };
  }

  /** A whole number within bounds, both included. */
  static Reader<Integer> number(int least, int most) {
    String expected =
        most == Integer.MAX_VALUE
            ? "expected a whole number, %d or more".formatted(least)
            : "expected a whole number, %d to %d".formatted(least, most);
    return text -> {
      try {
        int value = Integer.parseInt(text);
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException malformed) {
        throw new IllegalArgumentException(expected, malformed);
      }
      throw new IllegalArgumentException(expected);
    };
  }

  /** One of some words. */
  static <T> Reader<T> word(Map<String, T> values) {
    return text -> {
      T value = values.get(text);
      if (value == null) {
        throw new IllegalArgumentException(
            "expected one of " + String.join(", ", values.keySet().stream().sorted().toList()));
      }
      return value;
    };
  }

  /** A number with {@code ms}, {@code s}, {@code m} or {@code h} behind it. */
  static Reader<Duration> duration() {
    return text -> {
      Matcher parts = Units.DURATION.matcher(text);
      try {
        if (text.equals("0")) {
          return Duration.ZERO;
        }
        if (parts.matches()) {
          long number = Long.parseLong(parts.group(1));
          return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
          };
        }
      } catch (NumberFormatException | ArithmeticException tooLarge) {
        throw new IllegalArgumentException(Units.DURATION_EXPECTED, tooLarge);
      }
      throw new IllegalArgumentException(Units.DURATION_EXPECTED);
    };
  }

  /** A number of bytes, possibly with {@code k} or {@code m} behind it for 1024 or 1024 * 1024. */
  static Reader<Integer> bytes() {
    return text -> {
      Matcher parts = Units.BYTES.matcher(text);
      try {
        if (parts.matches()) {
          int unit =
              switch (parts.group(2)) {
                case "k" -> 1024;
                case "m" -> 1024 * 1024;
                default -> 1;
              };
          return Math.multiplyExact(Integer.parseInt(parts.group(1)), unit);
        }
      } catch (NumberFormatException | ArithmeticException tooLarge) {
        throw new IllegalArgumentException(Units.BYTES_EXPECTED, tooLarge);
      }
      throw new IllegalArgumentException(Units.BYTES_EXPECTED);
    };
  }
}
