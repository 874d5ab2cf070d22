package dev.roomcast.server.publish;

import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.audience.Audience;
import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.Call;
import dev.roomcast.server.room.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The application of the runnable server: {@code publish} comes to others as {@code message}, to
 * the sender too where it is among them. A publish with an id is answered with <code>{published:
 * true}</code> or <code>{published: false, reason}</code>; one without is not answered.
 * Thread-safe.
 */
public final class Publishing {
  private final PublishPolicy policy;

  /** With what clients may reach beyond their rooms. */
  public Publishing(Set<Reach> allowed) {
    policy = new PublishPolicy(allowed);
  }

  /** Lets a server handle {@code publish}. */
  public void install(RoomServerBuilder<Member> server) {
    server.reply("publish", PublishRequest.class, this::publish);
  }

  private @Nullable Object publish(Call<Member> call, PublishRequest request) {
    Decision decision = policy.decide(request.to(), call.client().rooms());
    Optional<Audience<Member>> audience = audience(decision, call.server());
    audience.ifPresent(
        members -> members.send("message", message(call.client(), decision, request)));
    return call.id().isPresent() ? answer(decision) : null;
  }

  private static Optional<Audience<Member>> audience(Decision decision, Audiences<Member> server) {
    return switch (decision) {
      case Decision.ToRoom(String room) -> Optional.of(server.room(room));
      case Decision.ToUser(String user) -> Optional.of(server.user(user));
      case Decision.ToClient(String client) -> Optional.of(server.client(client));
      case Decision.ToAll() -> Optional.of(server.everyone());
      case Decision.Refused(String reason) -> Optional.empty();
    };
  }

  private static Map<String, Object> message(
      Client<Member> sender, Decision decision, PublishRequest request) {
    Map<String, Object> from = new LinkedHashMap<>(Map.of("id", sender.id()));
    sender.userId().ifPresent(user -> from.put("userId", user));
    Map<String, Object> message = new LinkedHashMap<>(Map.of("from", from));
    if (decision instanceof Decision.ToRoom(String room)) {
      message.put("room", room);
    }
    if (request.data() != null) {
      message.put("data", request.data());
    }
    return message;
  }

  private static Map<String, Object> answer(Decision decision) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (decision instanceof Decision.Refused(String reason)) {
      answer.put("published", false);
      answer.put("reason", reason);
    } else {
      answer.put("published", true);
    }
    return answer;
  }
}
