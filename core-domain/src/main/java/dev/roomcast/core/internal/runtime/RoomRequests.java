package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.RoomValidator;
import dev.roomcast.core.internal.model.RoomNames;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.observation.Signal;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for by {@code join} and {@code leave}: the protocol, section 1.4. Runs on hook
 * threads; it decides, the session carries out.
 */
final class RoomRequests {
  /**
   * So many rooms may one request join: more would hold up the loop's other clients, and with rooms
   * by interest each is a subscription. Leaving has no bound: it undoes no more than was joined,
   * and who asked to leave a room must not stay in it.
   */
  private static final int JOINED_AT_ONCE = 256;

  private final ServerContext context;

  RoomRequests(ServerContext context) {
    this.context = context;
  }

  /** The names that a request asks for, valid or not; empty if it is not of the form. */
  Optional<List<String>> names(Envelope request) {
    Map<?, ?> members = Members.of(context.codec().mapper(), request.data());
    if (!(members.get("rooms") instanceof Collection<?> rooms)) {
      return Optional.empty();
    }
    Set<String> distinct = new LinkedHashSet<>();
    for (Object room : rooms) {
      if (room instanceof String name) {
        distinct.add(name);
      }
    }
    return Optional.of(List.copyOf(distinct));
  }

  /**
   * Those of the names that the client may join: of the first so many.
   *
   * @throws Exception what the validator throws: then nothing is decided
   */
  List<String> allowed(Client<Object> client, List<String> asked) throws Exception {
    List<String> askable =
        asked.stream()
            .limit(JOINED_AT_ONCE)
            .filter(name -> RoomNames.askable(name, client.id()))
            .toList();
    RoomValidator<Object> validator = context.hooks().rooms();
    List<String> allowed =
        validator == null || askable.isEmpty()
            ? List.of()
            : only(askable, validator.allowed(client, askable));
    if (allowed.size() < asked.size()) {
      context.observer().count(Signal.ROOM_REFUSED, asked.size() - allowed.size());
    }
    return allowed;
  }

  private static List<String> only(List<String> askable, @Nullable Collection<String> validated) {
    if (validated == null) {
      return List.of();
    }
    // No Set.copyOf: what the validator returns may hold anything, null too.
    Set<String> allowed = new HashSet<>(validated);
    return askable.stream().filter(allowed::contains).toList();
  }
}
