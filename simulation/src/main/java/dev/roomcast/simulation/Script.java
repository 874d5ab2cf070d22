package dev.roomcast.simulation;

import java.util.List;

/**
 * What a handler does when its client's message comes.
 *
 * @param operations one after the other
 * @param pauseMillis between them; not on the loop
 * @param onLoop whether the handler runs on the event loop
 */
public record Script(List<Operation> operations, int pauseMillis, End end, boolean onLoop) {

  /** How a handler ends. */
  public enum End {
    RETURN_NOTHING,
    REPLY,
    THROW,
    /** An {@code Error} escapes. */
    CRASH
  }

  public Script {
    operations = List.copyOf(operations);
  }
}
