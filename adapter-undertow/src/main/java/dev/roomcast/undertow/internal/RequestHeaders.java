package dev.roomcast.undertow.internal;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The headers of a request without a type of Undertow. */
public final class RequestHeaders {
  private RequestHeaders() {}

  /** By name without regard to case; unmodifiable. */
  public static Map<String, List<String>> of(HttpServerExchange exchange) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HeaderValues header : exchange.getRequestHeaders()) {
      headers.put(header.getHeaderName().toString(), List.copyOf(header));
    }
    return Collections.unmodifiableMap(headers);
  }
}
