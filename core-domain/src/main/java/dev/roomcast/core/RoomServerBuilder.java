package dev.roomcast.core;

import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.ConnectedHook;
import dev.roomcast.core.hook.DisconnectedHook;
import dev.roomcast.core.hook.EncryptionHandshake;
import dev.roomcast.core.hook.MessageHandler;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.ReplyHandler;
import dev.roomcast.core.hook.RoomValidator;
import dev.roomcast.core.internal.runtime.Hooks;
import dev.roomcast.core.internal.runtime.Route;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.hook.HookExecutor;
import dev.roomcast.port.id.IdSource;
import dev.roomcast.port.id.RandomSource;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Transport;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Composes a {@link RoomServer}. A transport, a codec and an authenticator are needed; the rest has
 * defaults. Not thread-safe.
 *
 * @param <M> the metadata that the application keeps with each client
 */
public final class RoomServerBuilder<M> {
  private static final Logger LOG = LoggerFactory.getLogger(RoomServerBuilder.class);
  private static final Set<String> RESERVED = Set.of("authenticate", "heartbeat", "join", "leave");

  /** By which clients ask for the built-in encryption. */
  private static final String HANDSHAKE = "handshake";

  private final OptionsBuilder options = new OptionsBuilder();
  private final Map<String, Route> routes = new HashMap<>();
  private @Nullable Transport transport;
  private @Nullable Codec codec;
  private @Nullable Bus bus;
  private @Nullable Encryption encryption;
  private @Nullable EncryptionHandshake handshake;
  private @Nullable OutboundTransformer<M> transformer;
  private @Nullable Type loginType;
  private @Nullable Authenticator<?, M> authenticator;
  private @Nullable RoomValidator<M> rooms;
  private @Nullable Route fallback;
  private ConnectedHook<M> connected = client -> {};
  private DisconnectedHook<M> disconnected = (client, cause) -> {};
  private TimeSource time = TimeSource.system();
  private IdSource ids = IdSource.uuids(RandomSource.secure());
  private HookExecutor hookExecutor = HookExecutor.virtualThreads();
  private Observer observer = Observer.none();
  private @Nullable EventLoop housekeeping;

  RoomServerBuilder() {}

  /** What carries messages; needed. */
  public RoomServerBuilder<M> transport(Transport value) {
    transport = value;
    return this;
  }

  /** What reads and writes JSON; needed. */
  public RoomServerBuilder<M> codec(Codec value) {
    codec = value;
    return this;
  }

  /** What servers share messages through; without one, this server is alone. */
  public RoomServerBuilder<M> bus(Bus value) {
    bus = value;
    return this;
  }

  /** The built-in encryption; see also {@code requireEncryption}. */
  public RoomServerBuilder<M> encryption(Encryption value) {
    encryption = value;
    return this;
  }

  /** An own key exchange, the seed's {@code handshakeFn}; needs an outbound transformer. */
  public RoomServerBuilder<M> handshake(EncryptionHandshake value) {
    handshake = value;
    return this;
  }

  /** An own encryption, the seed's {@code outboundTransformer}. */
  public RoomServerBuilder<M> outboundTransformer(OutboundTransformer<M> value) {
    transformer = value;
    return this;
  }

  /**
   * Decides who clients are; needed.
   *
   * @param type what the data of {@code authenticate} is bound to; {@link Json} for the raw text
   */
  public <A> RoomServerBuilder<M> authenticator(Class<A> type, Authenticator<A, M> value) {
    loginType = type;
    authenticator = value;
    return this;
  }

  /** Decides which rooms clients may join on their own; without one, none. */
  public RoomServerBuilder<M> rooms(RoomValidator<M> value) {
    rooms = value;
    return this;
  }

  /**
   * Handles an event.
   *
   * @param type what the data is bound to; {@link Json} for the raw text, {@link Void} for none
   * @throws IllegalArgumentException if the event is empty, kept for the framework, or has a
   *     handler
   */
  public <T> RoomServerBuilder<M> on(String event, Class<T> type, MessageHandler<M, T> handler) {
    return reply(
        event,
        type,
        (call, data) -> {
          handler.handle(call, data);
          return null;
        });
  }

  /** Handles an event and answers it under the request's event and id. As {@link #on} otherwise. */
  public <T> RoomServerBuilder<M> reply(String event, Class<T> type, ReplyHandler<M, T> handler) {
    return route(event, type, handler, /* onLoop= */ false);
  }

  /**
   * Handles an event on the event loop itself, which saves a hop between threads. The handler must
   * never block: every client of its loop waits for it. As {@link #reply} otherwise.
   */
  public <T> RoomServerBuilder<M> onLoop(String event, Class<T> type, ReplyHandler<M, T> handler) {
    return route(event, type, handler, /* onLoop= */ true);
  }

  private RoomServerBuilder<M> route(
      String event, Type type, ReplyHandler<M, ?> handler, boolean onLoop) {
    if (event.isEmpty() || RESERVED.contains(event)) {
      throw new IllegalArgumentException(
          "event is '" + event + "', expected a name that is not empty and none of " + RESERVED);
    }
    if (routes.putIfAbsent(event, new Route(type, Typed.hook(handler), onLoop)) != null) {
      throw new IllegalArgumentException("event '" + event + "' has a handler already");
    }
    return this;
  }

  /** Handles every event that has no handler of its own: the seed's {@code messageHandler}. */
  public RoomServerBuilder<M> onMessage(ReplyHandler<M, Json> handler) {
    fallback = new Route(Json.class, Typed.hook(handler), /* onLoop= */ false);
    return this;
  }

  /** Is told of each client that was admitted. */
  public RoomServerBuilder<M> onConnected(ConnectedHook<M> hook) {
    connected = hook;
    return this;
  }

  /** Is told of each client that ended. */
  public RoomServerBuilder<M> onDisconnected(DisconnectedHook<M> hook) {
    disconnected = hook;
    return this;
  }

  /** Sets options; may be called more than once. */
  public RoomServerBuilder<M> options(Consumer<OptionsBuilder> change) {
    change.accept(options);
    return this;
  }

  /** Is told what is counted; nobody by default. */
  public RoomServerBuilder<M> observer(Observer value) {
    observer = value;
    return this;
  }

  /** Tells the time; the machine's clocks by default. */
  public RoomServerBuilder<M> time(TimeSource value) {
    time = value;
    return this;
  }

  /** Yields the ids of clients and of this server; random UUIDs by default. */
  public RoomServerBuilder<M> ids(IdSource value) {
    ids = value;
    return this;
  }

  /** Runs hooks; virtual threads by default. */
  public RoomServerBuilder<M> hookExecutor(HookExecutor value) {
    hookExecutor = value;
    return this;
  }

  /** For timers that belong to no connection; by default a daemon thread while one is needed. */
  public RoomServerBuilder<M> housekeeping(EventLoop value) {
    housekeeping = value;
    return this;
  }

  /**
   * The server, not started yet.
   *
   * @throws IllegalStateException if something needed is missing, or parts contradict each other
   */
  public RoomServer<M> build() {
    ServerOptions all = options.build();
    checkEncryption(all);
    Parts parts =
        new Parts(
            needed(transport, "transport"),
            needed(codec, "codec"),
            bus,
            time,
            ids,
            hookExecutor,
            observer,
            housekeeping);
    Hooks hooks =
        new Hooks(
            needed(loginType, "authenticator"),
            Typed.hook(needed(authenticator, "authenticator")),
            rooms == null ? null : Typed.hook(rooms),
            routes,
            fallback,
            Typed.hook(connected),
            Typed.hook(disconnected),
            encryption,
            handshake,
            transformer == null ? null : Typed.hook(transformer));
    return new RoomServer<>(new Node(parts, all, hooks));
  }

  private void checkEncryption(ServerOptions all) {
    if (handshake != null && encryption != null) {
      throw new IllegalStateException("handshake and encryption are set, expected one of them");
    }
    if (encryption != null && routes.containsKey(HANDSHAKE)) {
      throw new IllegalStateException(
          "encryption is set and event 'handshake' has a handler, expected one of them");
    }
    if (handshake != null && transformer == null) {
      throw new IllegalStateException("handshake is set, expected an outboundTransformer with it");
    }
    boolean required =
        all.sessions().requireEncryption() || (encryption != null && encryption.enforced());
    if (required && all.transport().compression().on()) {
      throw new IllegalStateException(
          "compression is on and every client must encrypt, expected one of them: what is encrypted"
              + " is never compressed");
    }
    if (all.sessions().requireEncryption() && handshake == null && encryption == null) {
      LOG.error(
          "requireEncryption is on and neither encryption nor handshake is set: every client will"
              + " be closed with 4004");
    }
  }

  private static <T> T needed(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException(name + " is not set, and a server needs one");
    }
    return part;
  }
}
