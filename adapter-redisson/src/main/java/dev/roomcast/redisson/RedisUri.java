package dev.roomcast.redisson;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, as one URI says it. Immutable. Its text never shows the password.
 *
 * <pre>
 * redis://[user:password@]host[:6379][/database]
 * redis+sentinel://[user:password@]host[:26379],.../master[/database]
 * redis+cluster://[user:password@]host[:6379],...
 * </pre>
 *
 * {@code rediss} instead of {@code redis} is the same over TLS; {@code valkey} and {@code valkeys}
 * are other names of them.
 */
record RedisUri(
    boolean tls,
    Kind kind,
    @Nullable String user,
    @Nullable String password,
    List<String> nodes,
    String master,
    int database) {

  enum Kind {
    SINGLE(6379),
    SENTINEL(26379),
    CLUSTER(6379);

    private final int port;

    Kind(int port) {
      this.port = port;
    }
  }

  static final String EXPECTED =
      "expected redis://host:port/database, redis+sentinel://host:port,host:port/master or"
          + " redis+cluster://host:port,host:port, rediss for TLS, user:password@ before the host";

  private static final Pattern SCHEME =
      Pattern.compile("(redis|valkey)(s?)(?:\\+(sentinel|cluster))?");

  /** {@code master/database} of a sentinel, {@code database} alone otherwise. */
  private static final Pattern DATABASE = Pattern.compile("[0-9]{1,4}");

  private static final Pattern NODE =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^\\[\\]:,/\\s]+)(?::(?<port>[0-9]{1,5}))?");

  static RedisUri parse(URI uri) {
    Matcher scheme = SCHEME.matcher(String.valueOf(uri.getScheme()));
    String authority = uri.getRawAuthority();
    boolean clean = uri.getRawQuery() == null && uri.getRawFragment() == null;
    if (!scheme.matches() || authority == null || !clean) {
      throw wrong(uri);
    }
    Kind kind =
        switch (scheme.group(3)) {
          case null -> Kind.SINGLE;
          case "sentinel" -> Kind.SENTINEL;
          default -> Kind.CLUSTER;
        };
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    List<String> nodes =
        Arrays.stream(authority.substring(at + 1).split(",", -1))
            .map(node -> node(uri, kind, node))
            .toList();
    if (kind == Kind.SINGLE && nodes.size() != 1) {
      throw wrong(uri);
    }
    String path = uri.getPath() == null ? "" : uri.getPath();
    String[] parts = path.isEmpty() ? new String[0] : path.substring(1).split("/", -1);
    int masters = kind == Kind.SENTINEL ? 1 : 0;
    int most = kind == Kind.CLUSTER ? 0 : masters + 1;
    boolean trailing = parts.length == 1 && parts[0].isEmpty() && masters == 0;
    if (!trailing && (parts.length < masters || parts.length > most)) {
      throw wrong(uri);
    }
    String master = masters == 1 ? parts[0] : "";
    String database = !trailing && parts.length > masters ? parts[masters] : "0";
    if ((masters == 1 && master.isBlank()) || !DATABASE.matcher(database).matches()) {
      throw wrong(uri);
    }
    return new RedisUri(
        !scheme.group(2).isEmpty(),
        kind,
        colon <= 0 ? null : decode(login.substring(0, colon)),
        login.isEmpty() ? null : decode(login.substring(colon + 1)),
        nodes,
        master,
        Integer.parseInt(database));
  }

  /** What it says, without the password. */
  static String shown(URI uri) {
    String authority = uri.getRawAuthority();
    boolean slashInPassword = String.valueOf(uri.getRawPath()).contains("@");
    if (authority == null || slashInPassword) {
      return uri.getScheme() + ":...";
    }
    try {
      String nodes = authority.substring(authority.lastIndexOf('@') + 1);
      return new URI(uri.getScheme(), nodes, uri.getPath(), null, null).toString();
    } catch (URISyntaxException malformed) {
      return uri.getScheme() + "://...";
    }
  }

  private static String node(URI uri, Kind kind, String text) {
    Matcher parts = NODE.matcher(text);
    if (!parts.matches()) {
      throw wrong(uri);
    }
    int port = parts.group("port") == null ? kind.port : Integer.parseInt(parts.group("port"));
    if (port < 1 || port > 65535) {
      throw wrong(uri);
    }
    return parts.group("host") + ":" + port;
  }

  // A plus is a plus here: this is no form.
  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(URI uri) {
    return new IllegalArgumentException("URI of Redis is '" + shown(uri) + "', " + EXPECTED);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + String.join(",", nodes);
  }
}
