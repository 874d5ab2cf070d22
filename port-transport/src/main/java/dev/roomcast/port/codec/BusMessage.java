package dev.roomcast.port.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message between servers, as in PROTOCOL.md 2. Immutable.
 *
 * @param serverId of the sender; {@code emitter} for an emitter
 * @param type {@code broadcast}, {@code room}, {@code client}, {@code user}, or one of the control
 *     channel's
 * @param target null for a broadcast
 * @param event not empty
 * @param data null where absent
 * @param exclude client ids; empty excludes nobody
 */
public record BusMessage(
    String serverId,
    String type,
    @Nullable String target,
    String event,
    @Nullable Json data,
    List<String> exclude)
    implements DecodedBusMessage {
  public BusMessage {
    exclude = List.copyOf(exclude);
  }
}
