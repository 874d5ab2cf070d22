package dev.roomcast.server.config;

/** The configuration is wrong; the message is one line for whoever starts the server. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
