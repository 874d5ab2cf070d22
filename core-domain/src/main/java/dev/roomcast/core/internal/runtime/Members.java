package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import dev.roomcast.port.codec.JsonMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the members of what somebody sent, which need not be an object at all. */
public final class Members {
  private Members() {}

  /**
   * The members of an object, by name.
   *
   * @return empty where the data is absent, is no object, or need not bind (rule M04 of the mapper)
   */
  public static Map<?, ?> of(JsonMapper mapper, @Nullable Json data) {
    if (data == null || !data.isObject()) {
      return Map.of();
    }
    try {
      return mapper.fromJson(data, Object.class) instanceof Map<?, ?> members ? members : Map.of();
    } catch (JsonBindingException exotic) {
      return Map.of();
    }
  }
}
