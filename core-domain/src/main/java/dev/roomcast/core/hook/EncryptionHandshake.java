package dev.roomcast.core.hook;

import dev.roomcast.port.codec.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application's own key exchange during authentication, the seed's {@code handshakeFn}. Runs on
 * a virtual thread and may block; together with the authenticator it has three times {@code
 * authTimeout}.
 */
@FunctionalInterface
public interface EncryptionHandshake {

  /**
   * Exchanges keys with a client that the authenticator has accepted.
   *
   * @param userId null for an anonymous client
   * @param data of the {@code authenticate} message
   * @return empty to refuse
   * @throws Exception to refuse; it is logged and never sent
   */
  Optional<KeyExchange> exchange(ConnectRequest request, @Nullable String userId, Json data)
      throws Exception;
}
