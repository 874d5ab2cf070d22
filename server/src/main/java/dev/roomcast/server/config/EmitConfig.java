package dev.roomcast.server.config;

import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import dev.roomcast.port.codec.JsonMapper;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One message to be sent by a process that is no server. Immutable.
 *
 * @param to whom
 * @param event not empty
 * @param data {@link Json#NULL} where none was given
 */
public record EmitConfig(URI redis, String channelPrefix, To to, String event, Json data) {

  /** Whom a message is for. */
  public sealed interface To {
    /** A room, without some of its clients. */
    record Room(String name, List<String> except) implements To {
      public Room {
        except = List.copyOf(except);
      }
    }

    /** A user. */
    record User(String id) implements To {}

    /** A client. */
    record Client(String id) implements To {}

    /** All. */
    record Everyone() implements To {}
  }

  /**
   * Reads what was given.
   *
   * @throws ConfigException if something is missing, wrong, or contradicts something else
   */
  public static EmitConfig of(Given given, JsonMapper mapper) {
    String event = given.value(EmitOptions.EVENT).orElse("");
    if (event.isEmpty()) {
      throw new ConfigException("option --event is missing, expected the event's name");
    }
    return new EmitConfig(
        given.value(EmitOptions.REDIS).orElse(URI.create("redis://localhost")),
        channelPrefix(given),
        to(given),
        event,
        data(given, mapper));
  }

  private static String channelPrefix(Given given) {
    String prefix = given.value(EmitOptions.CHANNEL_PREFIX).orElse("ws:");
    if (prefix.isBlank()) {
      throw given.wrong(EmitOptions.CHANNEL_PREFIX, "expected a text that is not blank");
    }
    return prefix;
  }

  private static To to(Given given) {
    Optional<List<String>> except = given.values(EmitOptions.EXCEPT);
    List<To> named =
        Stream.of(
                given
                    .value(EmitOptions.ROOM)
                    .<To>map(name -> new To.Room(name, except.orElse(List.of()))),
                given.value(EmitOptions.USER).<To>map(To.User::new),
                given.value(EmitOptions.CLIENT).<To>map(To.Client::new),
                given.value(EmitOptions.ALL).filter(all -> all).<To>map(all -> new To.Everyone()))
            .flatMap(Optional::stream)
            .toList();
    if (named.size() != 1) {
      throw new ConfigException(
          named.size() + " of --room, --user, --client and --all are given, expected one");
    }
    if (except.isPresent() && !(named.getFirst() instanceof To.Room)) {
      throw given.wrong(EmitOptions.EXCEPT, "expected only with --room");
    }
    return named.getFirst();
  }

  private static Json data(Given given, JsonMapper mapper) {
    Optional<String> text = given.value(EmitOptions.DATA);
    try {
      return text.map(mapper::parse).orElse(Json.NULL);
    } catch (JsonBindingException malformed) {
      throw given.wrong(EmitOptions.DATA, "expected JSON, such as '{\"level\":1}' or '\"text\"'");
    }
  }
}
