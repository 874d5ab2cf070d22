package dev.roomcast.core.options;

import dev.roomcast.port.transport.TransportSettings;

/**
 * All options of a server. Immutable.
 *
 * @param name for logs and metrics; the seed's {@code identifier}
 */
public record ServerOptions(
    String name,
    TransportSettings transport,
    SessionOptions sessions,
    LimitOptions limits,
    ClusterOptions cluster) {

  /** The defaults. */
  public static ServerOptions defaults() {
    return new OptionsBuilder().build();
  }
}
