package dev.roomcast.server;

import dev.roomcast.server.config.LogConfig;

/**
 * Chooses how the log looks. To be called before the first logger is made, hence by nobody who has
 * one.
 */
final class Logging {
  private static final String CONFIGURATION = "logback.configurationFile";

  private Logging() {}

  static void configure(LogConfig config) {
    // Whoever brings an own configuration keeps it.
    if (System.getProperty(CONFIGURATION) == null) {
      System.setProperty(CONFIGURATION, "logging-" + config.format() + ".xml");
    }
    System.setProperty("roomcast.log.level", config.level());
  }
}
