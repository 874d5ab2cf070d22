package dev.roomcast.simulation;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Call;
import dev.roomcast.core.hook.ConnectRequest;
import dev.roomcast.core.hook.KeyExchange;
import dev.roomcast.port.codec.Json;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application of one node: does what it is told, takes its time, and records what it sees. */
final class Application {
  /** The event that the application's own encryption yields. */
  static final String SECRET = "secret";

  /** What the application's own handshake sends for a salt. */
  static final String OWN_SALT = "own-salt";

  private final Services services;
  private final ServerNode node;

  Application(Services services, ServerNode node) {
    this.services = services;
    this.node = node;
  }

  Optional<Admission<String>> authenticate(Json data, ConnectRequest request) {
    Member member = node.memberAt(request.handshake().remoteAddress());
    Login login = member.login();
    if (login == null) {
      throw new IllegalStateException("asked about a client that said nothing");
    }
    member.id(request.clientId());
    pause(login.millis());
    return switch (login.answer()) {
      case ADMIT -> Optional.of(Admission.of(World.user(login.user()), "metadata"));
      case ADMIT_ANONYMOUS -> Optional.of(Admission.anonymous());
      case REFUSE, UNREADABLE -> Optional.empty();
      case THROW -> throw new IllegalStateException("the authenticator was told to throw");
      case CRASH -> throw new AssertionError("the authenticator was told to crash");
    };
  }

  Optional<KeyExchange> exchange(ConnectRequest request, @Nullable String userId, Json data) {
    pauseSometimes();
    return data.toString().contains("publicKey")
        ? Optional.of(new KeyExchange("own-key", OWN_SALT))
        : Optional.empty();
  }

  Collection<String> allowed(Client<String> client, List<String> asked) {
    Member member = enter(client, "room validator");
    pauseSometimes();
    member.leaveHook();
    List<String> allowed = new java.util.ArrayList<>(asked);
    allowed.remove(World.CLOSED_ROOM);
    // What was not asked for, and must not be joined.
    allowed.add("unasked");
    return allowed;
  }

  @Nullable Object act(Call<String> call, Json data) {
    Member member = enter(call.client(), "handler");
    int number = Integer.parseInt(data.toString());
    member.handled().add(number);
    Script script = services.scripts().get(number);
    if (script == null) {
      throw new IllegalStateException("no script " + number);
    }
    for (Operation operation : script.operations()) {
      if (!script.onLoop()) {
        pause(script.pauseMillis());
      }
      node.perform(operation);
    }
    member.leaveHook();
    return switch (script.end()) {
      case RETURN_NOTHING -> null;
      case REPLY -> reply(member);
      case THROW -> throw new IllegalStateException("the handler was told to throw");
      case CRASH -> {
        member.allow(1011);
        throw new AssertionError("the handler was told to crash");
      }
    };
  }

  private Map<String, Integer> reply(Member member) {
    node.observe();
    Target sender = new Target.ToClient(services.model().indexOf(member));
    Sent reply = services.model().sending(node.origin(), sender, Set.of(), /* here= */ true);
    services.note("  reply " + reply);
    return Map.of("n", reply.number());
  }

  void connected(Client<String> client) {
    Member member = enter(client, "connected hook");
    pauseSometimes();
    if (services.time().chance(3) == 1) {
      Target itself = new Target.ToClient(services.model().indexOf(member));
      node.perform(new Operation.Join(itself, World.LOBBY_NUMBER));
    }
    member.leaveHook();
  }

  void disconnected(Client<String> client, Disconnection cause) {
    Member member = node.memberAt(client.remoteAddress());
    member.goodbyes().add(cause);
    services.note("  goodbye of " + member + ": " + cause);
    pauseSometimes();
  }

  private Member enter(Client<String> client, String hook) {
    Member member = node.memberAt(client.remoteAddress());
    if (!member.enterHook()) {
      services.broken("one hook of a client at a time", member + ", " + hook);
    }
    if (!member.goodbyes().isEmpty() && hook.equals("room validator")) {
      services.note("  " + hook + " of " + member + " after its end");
    }
    return member;
  }

  private void pauseSometimes() {
    switch (services.time().chance(6)) {
      case 0 -> pause(services.time().chance(40));
      case 1 -> pause(1 + services.time().chance(3));
      default -> {}
    }
  }

  private void pause(int millis) {
    if (millis > 0) {
      services.time().hooks().pause(Duration.ofMillis(millis));
    }
  }
}
