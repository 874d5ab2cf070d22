package dev.roomcast.wire;

import dev.roomcast.port.transport.EventLoop;

/**
 * An event loop that also does the I/O of its pipes.
 *
 * <ul>
 *   <li><b>W01</b> {@link #atTurnEnd} runs the task on the loop after everything that was ready or
 *       queued when it was called has been served as far as the loop serves it in one turn, and
 *       before the loop waits for I/O again. What such a task registers runs after the next look at
 *       I/O, for which the loop does not wait.
 * </ul>
 */
public interface PipeLoop extends EventLoop {

  /** Runs a task at the end of the current turn (W01). Only on the loop. */
  void atTurnEnd(Runnable task);
}
