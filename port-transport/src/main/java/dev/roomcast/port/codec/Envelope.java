package dev.roomcast.port.codec;

import org.jspecify.annotations.Nullable;

/**
 * One message between a client and a server. Immutable.
 *
 * @param event not empty
 * @param data null where the member is absent; {@link Json#NULL} where it is {@code null}. Without
 *     white space around it
 * @param id 1 to 128 UTF-16 units, or null
 */
public record Envelope(String event, @Nullable Json data, @Nullable String id)
    implements DecodedEnvelope {

  /** The longest id in UTF-16 units. */
  public static final int MAX_ID_LENGTH = 128;

  public Envelope {
    if (event.isEmpty()) {
      throw new IllegalArgumentException("event is empty, expected 1 character or more");
    }
  }
}
