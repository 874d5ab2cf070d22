package dev.roomcast.port.hook;

/**
 * Runs the application's hooks, which may block. Thread-safe.
 *
 * <ul>
 *   <li><b>H01</b> {@code execute} never runs the task inside the call and never blocks.
 *   <li><b>H02</b> A task that blocks does not keep others from running.
 * </ul>
 */
@FunctionalInterface
public interface HookExecutor {

  /** Runs a task; it throws nothing but a {@code VirtualMachineError}. */
  void execute(Runnable task);

  /** One virtual thread for each task. */
  static HookExecutor virtualThreads() {
    Thread.Builder.OfVirtual threads = Thread.ofVirtual().name("roomcast-hook-", 0);
    return task -> {
      var unused = threads.start(task);
    };
  }
}
