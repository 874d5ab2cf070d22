package dev.roomcast.server.config;

import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.server.login.Logins;
import dev.roomcast.server.publish.Reach;
import dev.roomcast.server.room.RoomPattern;
import dev.roomcast.server.web.Pages;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What one server is to be. Immutable.
 *
 * @param library what listens
 * @param host name or address to listen on
 * @param port 0 for a free one
 * @param ioThreads how many threads serve connections
 * @param backlog how many connections may wait to be accepted
 * @param tls what makes it https and wss; empty: it serves in the clear
 * @param logins how clients say who they are
 * @param rooms that every client may join
 * @param publishTo whom clients may publish to beyond the rooms they are in
 * @param stats whether counters are told over HTTP
 * @param echo path of a second WebSocket that sends every message back; empty for none
 * @param encryption how to encrypt; empty for not at all
 * @param redis what servers share messages through; empty: this server is alone
 * @param core sets the core's options; they are valid
 */
public record ServeConfig(
    Library library,
    String host,
    int port,
    int ioThreads,
    int backlog,
    Optional<ServeTls> tls,
    Logins logins,
    List<RoomPattern> rooms,
    Set<Reach> publishTo,
    boolean stats,
    Optional<String> echo,
    Optional<EcdhOptions> encryption,
    Optional<URI> redis,
    Consumer<OptionsBuilder> core) {
  private static final String NOBODY = "nobody";

  /** Loopback keeps other machines out, but not the pages of others in this machine's browser. */
  private static final List<String> LOCAL_PAGES =
      Stream.of("localhost", "127.0.0.1", "[::1]")
          .flatMap(host -> Stream.of("http://" + host + ":*", "https://" + host + ":*"))
          .toList();

  public ServeConfig {
    rooms = List.copyOf(rooms);
    publishTo = Set.copyOf(publishTo);
  }

  /**
   * Reads what was given.
   *
   * @throws ConfigException if something is wrong, or contradicts something else
   */
  public static ServeConfig of(Given given) {
    String host = given.value(ListenSection.HOST).orElse("127.0.0.1");
    boolean loopback = loopback(given, host);
    if (given.value(ListenSection.PATH).filter(Pages::taken).isPresent()) {
      throw given.wrong(ListenSection.PATH, "expected a path that is not the page's, such as /ws");
    }
    Logins logins = logins(given, loopback);
    return new ServeConfig(
        given.value(ListenSection.TRANSPORT).orElse(Library.UNDERTOW),
        host,
        given.value(ListenSection.PORT).orElse(8080),
        given.value(ListenSection.IO_THREADS).orElse(Runtime.getRuntime().availableProcessors()),
        given.value(ListenSection.BACKLOG).orElse(4096),
        ServeTls.of(given),
        logins,
        given
            .values(AccessSection.ROOMS)
            .orElse(logins.anyName() ? List.of(RoomPattern.ANY) : List.of()),
        publishTo(given, logins),
        given.value(OperationSection.STATS).orElse(loopback),
        echo(given),
        EncryptionChoice.of(given),
        redis(given),
        core(given, logins));
  }

  /** The core's options. */
  public ServerOptions options() {
    OptionsBuilder builder = new OptionsBuilder();
    core.accept(builder);
    return builder.build();
  }

  private static boolean loopback(Given given, String host) {
    if (host.isBlank()) {
      throw given.wrong(ListenSection.HOST, "expected a name or an address such as 127.0.0.1");
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw given.wrong(
          ListenSection.HOST, "expected a name that resolves, or an address such as 127.0.0.1");
    }
  }

  private static Optional<URI> redis(Given given) {
    Optional<URI> redis = given.value(ClusterSection.REDIS);
    boolean byInterest = given.value(ClusterSection.BY_INTEREST).orElse(false);
    if (redis.isEmpty() && byInterest) {
      throw given.wrong(ClusterSection.BY_INTEREST, "expected only with --redis");
    }
    return redis;
  }

  private static Optional<String> echo(Given given) {
    String webSocket = given.value(ListenSection.PATH).orElse("/ws");
    Optional<String> echo = given.value(OperationSection.ECHO);
    if (echo.filter(path -> !usable(path) || path.equals(webSocket)).isPresent()) {
      throw given.wrong(
          OperationSection.ECHO,
          "expected a path such as /echo that is neither the page's nor the other WebSocket's");
    }
    return echo;
  }

  private static boolean usable(String path) {
    return path.matches("(/[A-Za-z0-9._~-]+)+") && !Pages.taken(path);
  }

  private static Logins logins(Given given, boolean loopback) {
    Optional<Path> tokens = given.value(AccessSection.TOKENS);
    boolean development = given.value(AccessSection.DEV).orElse(tokens.isEmpty());
    if (development && tokens.isPresent()) {
      throw given.wrong(AccessSection.TOKENS, "expected none in development mode (--dev)");
    }
    if (!development && tokens.isEmpty()) {
      throw given.wrong(AccessSection.DEV, "expected true where there are no --tokens");
    }
    if (development && !loopback) {
      throw given.wrong(
          ListenSection.HOST,
          "expected a loopback address such as 127.0.0.1, since in development mode any name is a"
              + " user; or give --tokens");
    }
    if (development) {
      return Logins.development();
    }
    try {
      return Logins.tokens(tokens.orElseThrow());
    } catch (IllegalArgumentException wrong) {
      throw given.wrong(AccessSection.TOKENS, "and that cannot be used: " + wrong.getMessage());
    }
  }

  private static Set<Reach> publishTo(Given given, Logins logins) {
    if (given.isText(AccessSection.PUBLISH_TO, NOBODY)) {
      return Set.of();
    }
    return given
        .values(AccessSection.PUBLISH_TO)
        .<Set<Reach>>map(Set::copyOf)
        .orElse(logins.anyName() ? EnumSet.allOf(Reach.class) : Set.of());
  }

  /** Tried once here, so that what is wrong stops the start. */
  private static Consumer<OptionsBuilder> core(Given given, Logins logins) {
    Consumer<OptionsBuilder> all =
        options -> {
          ServeOptions.SECTIONS.stream()
              .flatMap(section -> section.options().stream())
              .forEach(option -> given.apply(option, options));
          given
              .values(SessionSection.DEFAULT_ROOMS)
              .ifPresent(
                  rooms ->
                      given.check(SessionSection.DEFAULT_ROOMS, () -> options.defaultRooms(rooms)));
          if (logins.anyName()) {
            options.allowedOrigins(LOCAL_PAGES);
          }
          given
              .values(AccessSection.ORIGINS)
              .ifPresent(
                  origins ->
                      given.check(AccessSection.ORIGINS, () -> options.allowedOrigins(origins)));
          int rate = given.value(LimitSection.MESSAGE_RATE).orElse(0);
          int burst = given.value(LimitSection.MESSAGE_BURST).orElse(rate);
          if (rate > 0) {
            options.messageRate(rate, burst);
          }
          int messages = given.value(LimitSection.MAILBOX_MESSAGES).orElse(256);
          int bytes = given.value(LimitSection.MAILBOX_BYTES).orElse(1024 * 1024);
          given.check(LimitSection.MAILBOX_BYTES, () -> options.mailbox(messages, bytes));
        };
    all.accept(new OptionsBuilder());
    return all;
  }
}
