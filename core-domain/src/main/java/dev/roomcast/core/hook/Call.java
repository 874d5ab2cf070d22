package dev.roomcast.core.hook;

import dev.roomcast.core.audience.Audiences;
import dev.roomcast.core.audience.Client;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import java.util.Optional;

/**
 * One message of a client, with what is needed to act on it. Immutable.
 *
 * @param <M> the application's metadata
 * @param client the sender, as it was when the handler began
 * @param server to answer and to send to others
 * @param envelope the message
 */
public record Call<M>(Client<M> client, Audiences<M> server, Envelope envelope) {

  /** The event's name. */
  public String event() {
    return envelope.event();
  }

  /** The request's id, if the client gave one. */
  public Optional<String> id() {
    return Optional.ofNullable(envelope.id());
  }

  /** The data as it came; empty where there is none, which is not the same as {@code null}. */
  public Optional<Json> data() {
    return Optional.ofNullable(envelope.data());
  }

  /** Without data, which may be secret. */
  @Override
  public String toString() {
    return "Call[client=" + client.id() + ", event=" + event() + "]";
  }
}
