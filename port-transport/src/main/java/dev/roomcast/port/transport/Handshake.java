package dev.roomcast.port.transport;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The upgrade request that a connection began with. Immutable.
 *
 * @param remoteAddress the peer of the socket, or, in a server whose handlers read what a proxy
 *     says of it, whom that names; then perhaps unresolved, without an {@code InetAddress}
 * @param path the request's path, decoded
 * @param query parameters, decoded, in the order given
 * @param headers by name without regard to case
 * @param subprotocol the one agreed on, or null
 */
public record Handshake(
    InetSocketAddress remoteAddress,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    @Nullable String subprotocol) {

  public Handshake {
    query = copy(query, new LinkedHashMap<>());
    headers = copy(headers, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
  }

  // Names that are equal in the copy, such as headers in another case, are merged.
  private static Map<String, List<String>> copy(
      Map<String, List<String>> from, Map<String, List<String>> into) {
    from.forEach(
        (name, values) ->
            into.merge(
                name,
                List.copyOf(values),
                (first, second) -> Stream.concat(first.stream(), second.stream()).toList()));
    return Collections.unmodifiableMap(into);
  }

  /** The first value of a header, by its name in any case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The first value of a query parameter. */
  public Optional<String> queryParameter(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The subprotocols that the client offered, its favourite first (RFC 6455 section 4.1). */
  public List<String> offeredSubprotocols() {
    return headers.getOrDefault("Sec-WebSocket-Protocol", List.of()).stream()
        .flatMap(line -> List.of(line.split(",")).stream())
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The origin of the page that opens the connection, in lower case; empty outside browsers. */
  public Optional<String> origin() {
    return header("Origin").map(origin -> origin.toLowerCase(Locale.ROOT));
  }

  /** This request with the subprotocol that was agreed on. */
  public Handshake withSubprotocol(@Nullable String agreed) {
    return new Handshake(remoteAddress, path, query, headers, agreed);
  }

  /** Without query and headers, which may hold tokens. */
  @Override
  public String toString() {
    return "Handshake[remoteAddress=" + remoteAddress + ", path=" + path + "]";
  }
}
