package dev.roomcast.server.config;

/**
 * How the log looks. Immutable.
 *
 * @param format {@code text} or {@code json}
 * @param level the least that is logged, as logback names it
 */
public record LogConfig(String format, String level) {

  /**
   * Reads what was given.
   *
   * @throws ConfigException if something is wrong
   */
  public static LogConfig of(Given given) {
    return new LogConfig(
        given.value(OperationSection.LOG_FORMAT).orElse("text"),
        given.value(OperationSection.LOG_LEVEL).orElse("INFO"));
  }
}
