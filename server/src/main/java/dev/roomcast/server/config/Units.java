package dev.roomcast.server.config;

import java.util.regex.Pattern;

/** How amounts are written. */
final class Units {
  static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ms|s|m|h)");
  static final Pattern BYTES = Pattern.compile("(\\d{1,18})([km]?)");
  static final String DURATION_EXPECTED = "expected a duration such as 500ms, 30s, 2m or 1h";
  static final String BYTES_EXPECTED =
      "expected a number of bytes below 2 GiB such as 4096, 128k or 1m";

  private Units() {}
}
