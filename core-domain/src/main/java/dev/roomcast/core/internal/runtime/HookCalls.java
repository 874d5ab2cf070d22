package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.hook.HookExecutor;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.time.TimeSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one place where the application's hooks are called: what they throw is counted and logged
 * here, the latter at a limited rate, and never goes further. Thread-safe.
 */
public final class HookCalls {
  private static final Logger LOG = LoggerFactory.getLogger("dev.roomcast.hooks");

  private final HookExecutor executor;
  private final Observer observer;
  private final TimeSource time;

  private record Kind(String hook, Level level) {}

  /** Each kind has its own, or one hook that always throws would hide what others throw. */
  private final Map<Kind, Complaints> complaints = new ConcurrentHashMap<>();

  public HookCalls(HookExecutor executor, Observer observer, TimeSource time) {
    this.executor = executor;
    this.observer = observer;
    this.time = time;
  }

  /**
   * Calls a hook on a hook thread.
   *
   * @param then gets the result on the hook's thread
   */
  <T> void run(
      String name, String clientId, Callable<@Nullable T> hook, Consumer<HookResult<T>> then) {
    executor.execute(
        () -> {
          HookResult<T> result = call(name, clientId, hook);
          then.accept(result);
          // A stack that overflowed is the hook's own fault and is gone with its thread.
          if (result instanceof HookResult.Crashed<T>(VirtualMachineError fatal)
              && !(fatal instanceof StackOverflowError)) {
            throw fatal;
          }
        });
  }

  /** Calls a hook here and now. */
  <T> HookResult<T> call(String name, String clientId, Callable<@Nullable T> hook) {
    try {
      return callWithin(name, clientId, hook);
    } catch (Error crash) {
      failed(Level.ERROR, name, " crashed for client " + clientId, crash);
      return new HookResult.Crashed<>(crash);
    }
  }

  /** Calls a hook within the call of another, which an {@code Error} goes on to. */
  <T> HookResult<T> callWithin(String name, String clientId, Callable<@Nullable T> hook) {
    try {
      return new HookResult.Returned<>(hook.call());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return threw(name, clientId, interrupted);
    } catch (Exception thrown) {
      return threw(name, clientId, thrown);
    }
  }

  private <T> HookResult<T> threw(String name, String clientId, Exception thrown) {
    failed(Level.WARN, name, " threw for client " + clientId, thrown);
    return new HookResult.Threw<>(thrown);
  }

  private void failed(Level level, String name, String how, Throwable thrown) {
    observer.count(Signal.HOOK_FAILED);
    complaints
        .computeIfAbsent(new Kind(name, level), kind -> new Complaints(LOG, kind.level(), time))
        .about(name + how, thrown);
  }
}
