package dev.roomcast.guice;

import com.google.inject.Binder;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Types;
import dev.roomcast.core.RoomServer;
import dev.roomcast.core.RoomServerBuilder;
import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.ConnectedHook;
import dev.roomcast.core.hook.DisconnectedHook;
import dev.roomcast.core.hook.EncryptionHandshake;
import dev.roomcast.core.hook.MessageHandler;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.ReplyHandler;
import dev.roomcast.core.hook.RoomValidator;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.port.codec.Json;
import java.util.function.Consumer;

/**
 * Adds an application's hooks to the server that {@link RoomcastModule} composes. Used in the
 * application's module:
 *
 * <pre>{@code
 * RoomcastBinder.of(binder(), Member.class)
 *     .authenticator(Login.class, TokenAuthenticator.class)
 *     .rooms(TeamRooms.class)
 *     .on("say", Say.class, SayHandler.class);
 * }</pre>
 *
 * <p>Hooks are instances of Guice's, asked for at each call: they may inject {@code
 * RoomServer<Member>} or {@code Audiences<Member>}, and decide about their own scope.
 *
 * @param <M> the metadata that the application keeps with each client
 */
public final class RoomcastBinder<M> {
  private final Binder binder;
  private final Multibinder<Contribution> contributions;

  private RoomcastBinder(Binder binder) {
    this.binder = binder.skipSources(RoomcastBinder.class);
    contributions = Multibinder.newSetBinder(this.binder, Contribution.class);
  }

  /**
   * Begins, and makes {@code RoomServer<M>} and {@code Audiences<M>} injectable.
   *
   * @param metadata the class of {@code M}; every module of an application gives the same
   */
  public static <M> RoomcastBinder<M> of(Binder binder, Class<M> metadata) {
    RoomcastBinder<M> roomcast = new RoomcastBinder<>(binder);
    roomcast
        .binder
        .bind(RoomcastBinder.<RoomServer<M>>key(RoomServer.class, metadata))
        .toProvider(new Retyped<>());
    roomcast
        .binder
        .bind(RoomcastBinder.<Audiences<M>>key(Audiences.class, metadata))
        .toProvider(new Retyped<>());
    return roomcast;
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller names both types
  private static <T> Key<T> key(Class<?> raw, Class<?> metadata) {
    return (Key<T>) Key.get(Types.newParameterizedType(raw, metadata));
  }

  /** The authenticator; one module of the application gives it. */
  public <A> RoomcastBinder<M> authenticator(
      Class<A> login, Class<? extends Authenticator<A, M>> hook) {
    Provider<? extends Authenticator<A, M>> provider = binder.getProvider(hook);
    return add(
        builder ->
            builder.authenticator(
                login, (data, request) -> provider.get().authenticate(data, request)));
  }

  /** The room validator. */
  public RoomcastBinder<M> rooms(Class<? extends RoomValidator<M>> hook) {
    Provider<? extends RoomValidator<M>> provider = binder.getProvider(hook);
    return add(builder -> builder.rooms((client, asked) -> provider.get().allowed(client, asked)));
  }

  /** A handler for an event. */
  public <T> RoomcastBinder<M> on(
      String event, Class<T> type, Class<? extends MessageHandler<M, T>> hook) {
    Provider<? extends MessageHandler<M, T>> provider = binder.getProvider(hook);
    return add(
        builder -> builder.on(event, type, (call, data) -> provider.get().handle(call, data)));
  }

  /** A handler that answers an event. */
  public <T> RoomcastBinder<M> reply(
      String event, Class<T> type, Class<? extends ReplyHandler<M, T>> hook) {
    Provider<? extends ReplyHandler<M, T>> provider = binder.getProvider(hook);
    return add(
        builder -> builder.reply(event, type, (call, data) -> provider.get().handle(call, data)));
  }

  /** A handler that answers an event and never blocks; it runs on the event loop. */
  public <T> RoomcastBinder<M> onLoop(
      String event, Class<T> type, Class<? extends ReplyHandler<M, T>> hook) {
    Provider<? extends ReplyHandler<M, T>> provider = binder.getProvider(hook);
    return add(
        builder -> builder.onLoop(event, type, (call, data) -> provider.get().handle(call, data)));
  }

  /** The handler for every other event. */
  public RoomcastBinder<M> onMessage(Class<? extends ReplyHandler<M, Json>> hook) {
    Provider<? extends ReplyHandler<M, Json>> provider = binder.getProvider(hook);
    return add(builder -> builder.onMessage((call, data) -> provider.get().handle(call, data)));
  }

  /** Is told of each client that was admitted. */
  public RoomcastBinder<M> onConnected(Class<? extends ConnectedHook<M>> hook) {
    Provider<? extends ConnectedHook<M>> provider = binder.getProvider(hook);
    return add(builder -> builder.onConnected(client -> provider.get().connected(client)));
  }

  /** Is told of each client that ended. */
  public RoomcastBinder<M> onDisconnected(Class<? extends DisconnectedHook<M>> hook) {
    Provider<? extends DisconnectedHook<M>> provider = binder.getProvider(hook);
    return add(
        builder ->
            builder.onDisconnected((client, cause) -> provider.get().disconnected(client, cause)));
  }

  /** An own key exchange. */
  public RoomcastBinder<M> handshake(Class<? extends EncryptionHandshake> hook) {
    Provider<? extends EncryptionHandshake> provider = binder.getProvider(hook);
    return add(
        builder ->
            builder.handshake(
                (request, userId, data) -> provider.get().exchange(request, userId, data)));
  }

  /** An own encryption. */
  public RoomcastBinder<M> outboundTransformer(Class<? extends OutboundTransformer<M>> hook) {
    Provider<? extends OutboundTransformer<M>> provider = binder.getProvider(hook);
    return add(
        builder ->
            builder.outboundTransformer(
                (client, event, data) -> provider.get().transform(client, event, data)));
  }

  /** Sets options. */
  public RoomcastBinder<M> options(Consumer<OptionsBuilder> change) {
    return add(builder -> builder.options(change));
  }

  /** Changes anything else of the server's builder, such as its clock in a test. */
  public RoomcastBinder<M> runtime(Consumer<RoomServerBuilder<?>> change) {
    return add(change::accept);
  }

  /** The one builder of all is without a type of metadata; ours has that of {@link #of}. */
  private RoomcastBinder<M> add(Consumer<RoomServerBuilder<M>> change) {
    contributions
        .addBinding()
        .toInstance(builder -> change.accept(Unchecked.<RoomServerBuilder<M>>cast(builder)));
    return this;
  }
}
