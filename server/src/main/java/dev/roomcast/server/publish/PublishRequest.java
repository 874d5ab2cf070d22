package dev.roomcast.server.publish;

import dev.roomcast.port.codec.Json;
import org.jspecify.annotations.Nullable;

/**
 * The data of {@code publish}.
 *
 * @param to whom; null for everyone
 * @param data passed on as it came; null where there is none
 */
record PublishRequest(@Nullable Target to, @Nullable Json data) {

  /** One of the three. */
  record Target(@Nullable String room, @Nullable String user, @Nullable String client) {}

  /** Without the data, which may be secret. */
  @Override
  public String toString() {
    return "PublishRequest[to=" + to + "]";
  }
}
