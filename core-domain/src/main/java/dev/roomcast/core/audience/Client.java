package dev.roomcast.core.audience;

import dev.roomcast.core.internal.hub.NameSet;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One client as it was when it was asked for. Immutable.
 *
 * @param <M> the application's metadata
 * @param id the client's id, a UUID given when it connected
 * @param state where it stands
 * @param user the user's id; null before admission and for an anonymous client
 * @param data what the authenticator said of it; null before admission and where it said nothing
 * @param rooms the rooms it is in, its own room (named by its id) included; empty before admission
 * @param backpressured whether its connection holds more than the high watermark unsent
 * @param encrypted whether what is sent to it is encrypted
 * @param connectedAt when it connected
 * @param lastActivity when its last message came, or when it connected
 * @param expiresAt when its authentication ends; null if never
 * @param serverPublicKey of the encryption handshake; null without one
 * @param salt of the encryption handshake; null without one
 * @param remoteAddress the peer of its socket, or whom a proxy named where the transport asks it;
 *     then perhaps unresolved, without an {@code InetAddress}
 */
public record Client<M>(
    String id,
    ClientState state,
    @Nullable String user,
    @Nullable M data,
    Set<String> rooms,
    boolean backpressured,
    boolean encrypted,
    Instant connectedAt,
    Instant lastActivity,
    @Nullable Instant expiresAt,
    @Nullable String serverPublicKey,
    @Nullable String salt,
    InetSocketAddress remoteAddress) {

  public Client {
    // Ours never change, and each message makes a client: a copy would cost as much as it has
    // rooms.
    rooms = rooms instanceof NameSet ? rooms : Set.copyOf(rooms);
  }

  /** The user's id; empty for an anonymous client and before admission. */
  public Optional<String> userId() {
    return Optional.ofNullable(user);
  }

  /**
   * What the authenticator said of this client.
   *
   * @throws IllegalStateException if it said nothing, or the client is not admitted yet
   */
  public M metadata() {
    if (data == null) {
      throw new IllegalStateException("client " + id + " has no metadata; it is " + state.value());
    }
    return data;
  }

  /** Without metadata and keys, which may be secret. */
  @Override
  public String toString() {
    return "Client[id=" + id + ", state=" + state.value() + ", user=" + user + "]";
  }
}
