package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.hook.Authenticator;
import dev.roomcast.core.hook.ConnectedHook;
import dev.roomcast.core.hook.DisconnectedHook;
import dev.roomcast.core.hook.EncryptionHandshake;
import dev.roomcast.core.hook.OutboundTransformer;
import dev.roomcast.core.hook.RoomValidator;
import dev.roomcast.port.cipher.Encryption;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the application plugged in, with its types erased: the public types keep them apart.
 * Immutable.
 *
 * @param loginType what a login is bound to
 * @param routes handlers by event
 * @param fallback for every other event
 */
public record Hooks(
    Type loginType,
    Authenticator<Object, Object> authenticator,
    @Nullable RoomValidator<Object> rooms,
    Map<String, Route> routes,
    @Nullable Route fallback,
    ConnectedHook<Object> connected,
    DisconnectedHook<Object> disconnected,
    @Nullable Encryption encryption,
    @Nullable EncryptionHandshake handshake,
    @Nullable OutboundTransformer<Object> transformer) {

  public Hooks {
    routes = Map.copyOf(routes);
  }

  @Nullable Route route(String event) {
    Route route = routes.get(event);
    return route == null ? fallback : route;
  }
}
