package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.Call;
import dev.roomcast.core.internal.model.ErrorText;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import dev.roomcast.port.observation.Signal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does one piece of a client's work: runs the hook that it calls for, and goes on at the session's
 * loop with what came of it. Confined to the loop, but for the hooks.
 */
final class ClientWork implements Mailbox.Worker {

  /** What is left to do on the loop when a hook is done. */
  private sealed interface Conclusion {
    record Nothing() implements Conclusion {}

    record Reply(OutboundMessage message) implements Conclusion {}

    record Refuse(ErrorText error) implements Conclusion {}

    record Join(List<String> rooms) implements Conclusion {}

    record Leave(List<String> rooms) implements Conclusion {}

    record Encrypt(LoginResult.Keys keys) implements Conclusion {}
  }

  private static final Conclusion NOTHING = new Conclusion.Nothing();

  private final Session session;
  private final ServerContext context;
  private final RoomRequests roomRequests;

  ClientWork(Session session, ServerContext context) {
    this.session = session;
    this.context = context;
    roomRequests = new RoomRequests(context);
  }

  @Override
  public void begin(Mailbox.Work work) {
    Client<Object> client = session.snapshot();
    switch (work) {
      case Mailbox.Work.Greet greet ->
          run(
              "connected hook",
              null,
              () -> {
                try {
                  context.hooks().connected().connected(client);
                } finally {
                  session.greeted();
                }
                return NOTHING;
              });
      case Mailbox.Work.Handle(Envelope request) -> handle(client, request);
    }
  }

  private void handle(Client<Object> client, Envelope request) {
    switch (request.event()) {
      case "join" -> run("room validator", request, () -> join(client, request));
      case "leave" -> run("leave", request, () -> leave(request));
      case "handshake" -> {
        if (context.hooks().encryption() != null) {
          run("encryption handshake", request, () -> exchangeKeys(client, request));
        } else if (context.hooks().route("handshake") != null) {
          route(client, request);
        } else {
          refuseHandshake(request.id());
        }
      }
      default -> route(client, request);
    }
  }

  // Silence would leave a client that insists on encryption waiting for its keys.
  private void refuseHandshake(@Nullable String requestId) {
    if (requestId != null) {
      session.answer(ErrorText.HANDSHAKE_FAILED, requestId);
    }
    session.workFinished();
  }

  private void route(Client<Object> client, Envelope request) {
    Route route = context.hooks().route(request.event());
    if (route == null) {
      session.workFinished();
    } else if (route.onLoop()) {
      onLoop(route, client, request);
    } else {
      run("handler", request, () -> call(route, client, request));
    }
  }

  // What the handler sent waits in the inbox, so its answer must queue up behind that.
  private void onLoop(Route route, Client<Object> client, Envelope request) {
    HookResult<Conclusion> result =
        context.hookCalls().call("handler", client.id(), () -> call(route, client, request));
    if (result instanceof HookResult.Returned<Conclusion>(Conclusion.Nothing nothing)) {
      session.workFinished();
    } else {
      session.shard().submit(new Command.Continue(() -> conclude(request, result)));
    }
  }

  private Conclusion join(Client<Object> client, Envelope request) throws Exception {
    Optional<List<String>> names = roomRequests.names(request);
    return names.isEmpty()
        ? new Conclusion.Refuse(ErrorText.INVALID_FORMAT)
        : new Conclusion.Join(roomRequests.allowed(client, names.get()));
  }

  private Conclusion leave(Envelope request) {
    return roomRequests
        .names(request)
        .<Conclusion>map(Conclusion.Leave::new)
        .orElse(new Conclusion.Refuse(ErrorText.INVALID_FORMAT));
  }

  private Conclusion exchangeKeys(Client<Object> client, Envelope request) {
    Json data = request.data();
    LoginResult.Keys keys =
        data == null || client.encrypted() ? null : Login.agree(context, client.id(), data);
    return keys == null
        ? new Conclusion.Refuse(ErrorText.HANDSHAKE_FAILED)
        : new Conclusion.Encrypt(keys);
  }

  private Conclusion call(Route route, Client<Object> client, Envelope request) throws Exception {
    Optional<Object> data = bind(route, request);
    if (data.isEmpty() && route.type() != Void.class) {
      context.observer().count(Signal.MESSAGE_MALFORMED);
      return new Conclusion.Refuse(ErrorText.INVALID_FORMAT);
    }
    Object answer =
        route.handler().handle(new Call<>(client, context.audiences(), request), unbox(data));
    return answer == null
        ? NOTHING
        : new Conclusion.Reply(
            context
                .messages()
                .encode(request.event(), context.codec().mapper().toJson(answer), request.id()));
  }

  private Optional<Object> bind(Route route, Envelope request) {
    Json data = request.data() == null ? Json.NULL : request.data();
    if (route.type() == Void.class) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(context.codec().mapper().fromJson(data, route.type()));
    } catch (JsonBindingException wrong) {
      return Optional.empty();
    }
  }

  // A handler of Void gets null, the only value of its type.
  @SuppressWarnings("NullAway")
  private static Object unbox(Optional<Object> data) {
    return data.orElse(null);
  }

  private void run(String hook, @Nullable Envelope request, Callable<@Nullable Conclusion> work) {
    Consumer<HookResult<Conclusion>> then =
        result -> session.shard().submit(new Command.Continue(() -> conclude(request, result)));
    context.hookCalls().run(hook, session.id(), work, then);
  }

  private void conclude(@Nullable Envelope request, HookResult<Conclusion> result) {
    String id = request == null ? null : request.id();
    switch (result) {
      case HookResult.Returned<Conclusion>(Conclusion conclusion) -> {
        if (conclusion == null || !carryOut(conclusion, id)) {
          return; // it goes on by itself
        }
      }
      case HookResult.Threw<Conclusion> threw -> {
        if (id != null) {
          session.answer(ErrorText.INTERNAL, id);
        }
      }
      case HookResult.Crashed<Conclusion> crashed -> session.crashed();
    }
    session.workFinished();
  }

  /** Carries out; false if the work is finished later. */
  private boolean carryOut(Conclusion conclusion, @Nullable String id) {
    switch (conclusion) {
      case Conclusion.Nothing nothing -> {}
      case Conclusion.Reply(OutboundMessage message) -> session.reply(message);
      case Conclusion.Refuse(ErrorText error) -> session.answer(error, id);
      case Conclusion.Leave(List<String> rooms) -> session.roomAnswers().leave(rooms, id);
      case Conclusion.Encrypt(LoginResult.Keys keys) -> session.encryption().complete(keys, id);
      case Conclusion.Join(List<String> rooms) -> {
        session.roomAnswers().join(rooms, id);
        return false;
      }
    }
    return true;
  }
}
