package dev.roomcast.testkit.transport;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of an HTTP response, and what came of its body.
 *
 * @param headers by name without regard to case
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {
  public HttpAnswer {
    headers = Collections.unmodifiableMap(caseless(headers));
  }

  private static Map<String, String> caseless(Map<String, String> headers) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    return byName;
  }
}
