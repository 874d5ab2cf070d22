package dev.roomcast.core.internal.runtime;

import org.jspecify.annotations.Nullable;

/** How a hook ended. */
sealed interface HookResult<T> {

  /** With a value, or null. */
  record Returned<T>(@Nullable T value) implements HookResult<T> {}

  /** With an exception, which was logged and counted. */
  record Threw<T>(Exception exception) implements HookResult<T> {}

  /** With an {@code Error}, which was logged and counted; it ends the session. */
  record Crashed<T>(Error error) implements HookResult<T> {}
}
