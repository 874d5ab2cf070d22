package dev.roomcast.simulation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message that the server handed over for a client, as the client understands it.
 *
 * @param id of the request that it answers
 * @param encrypted whether it was encrypted, by whomever
 */
record Received(String event, Map<?, ?> data, @Nullable String id, boolean encrypted) {

  /** The number of a numbered message; 0 if it is none. */
  int number() {
    return data.get("n") instanceof Number number ? number.intValue() : 0;
  }

  String text(String name) {
    return data.get(name) instanceof String text ? text : "";
  }

  @Override
  public String toString() {
    return (encrypted ? "encrypted " : "") + event + (number() > 0 ? " " + number() : "");
  }
}
