package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.hook.HookExecutor;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where the application's hooks are called: what they throw is logged and counted
 * here and never goes further. Thread-safe.
 */
public final class HookCalls {
  private static final Logger LOG = LoggerFactory.getLogger("dev.roomcast.hooks");

  private final HookExecutor executor;
  private final Observer observer;

  public HookCalls(HookExecutor executor, Observer observer) {
    this.executor = executor;
    this.observer = observer;
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
      observer.count(Signal.HOOK_FAILED);
      LOG.error("{} crashed for client {}", name, clientId, crash);
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
    observer.count(Signal.HOOK_FAILED);
    LOG.warn("{} threw for client {}", name, clientId, thrown);
    return new HookResult.Threw<>(thrown);
  }
}
