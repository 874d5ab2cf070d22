package dev.roomcast.core.hook;

import org.jspecify.annotations.Nullable;

/** What a transformer made of a message. */
public sealed interface Transformed {

  /**
   * Send this instead. An answer keeps the id of its request, outside of what is encrypted.
   *
   * @param event not empty
   * @param data written as JSON by the codec
   */
  record Replaced(String event, @Nullable Object data) implements Transformed {}

  /** Send the message as it is, in the clear, although the client is encrypted. */
  record AsIs() implements Transformed {}

  /** Send {@code event} with {@code data} instead. */
  static Transformed replaced(String event, @Nullable Object data) {
    return new Replaced(event, data);
  }

  /** Send the message as it is. */
  static Transformed asIs() {
    return new AsIs();
  }
}
