package dev.roomcast.port.transport;

import java.time.Duration;

/**
 * The thread of control that owns connections. One loop runs one task or callback at a time.
 *
 * <ul>
 *   <li><b>L01</b> Tasks, timers and callbacks of one loop never run at the same time, and each
 *       sees what earlier ones wrote.
 *   <li><b>L02</b> {@link #execute} runs tasks in the order in which they were given, never inside
 *       the call.
 *   <li><b>L03</b> {@code execute} and {@link #executeAfterIo} return false once the loop is
 *       closed; a task that was accepted runs exactly once. Where a library's loop dies with tasks
 *       in it, the adapter runs them on the closing thread, one after the other.
 *   <li><b>L04</b> {@code executeAfterIo} runs the task after the loop has looked for I/O that is
 *       ready, and served it, once more: a long job that goes on this way starves nobody.
 *   <li><b>L05</b> {@link #after} never runs a task early, and on an idle loop about 2 ms late at
 *       most. On a closed loop it never runs.
 *   <li><b>L06</b> A task that throws is logged; the loop goes on.
 * </ul>
 */
public interface EventLoop {

  /** Whether the caller is running on this loop. Any thread. */
  boolean inLoop();

  /**
   * Runs a task on the loop (L02, L03). Any thread.
   *
   * @return false if the loop is closed and the task will not run
   */
  boolean execute(Runnable task);

  /**
   * Runs a task on the loop after its next look at I/O (L04). Only on the loop.
   *
   * @return false if the loop is closed and the task will not run
   */
  boolean executeAfterIo(Runnable task);

  /**
   * Runs a task on the loop after a delay (L05). Any thread. Timers of a closed loop do not run.
   *
   * @param delay 1 ms or more
   */
  void after(Duration delay, Runnable task);

  /**
   * A loop of its own on one daemon thread, for libraries that have none.
   *
   * @param name of the thread
   */
  static ThreadEventLoop singleThread(String name) {
    return new ThreadEventLoop(name);
  }
}
