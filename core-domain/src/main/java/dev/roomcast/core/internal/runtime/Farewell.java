package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.Client;
import dev.roomcast.core.audience.Disconnection;

/** Runs the disconnected hook, for which a shutdown waits since its goodbye began. */
final class Farewell {
  private Farewell() {}

  static void say(ServerContext context, Client<Object> last, Disconnection cause) {
    context
        .hookCalls()
        .run(
            "disconnected hook",
            last.id(),
            () -> {
              context.hooks().disconnected().disconnected(last, cause);
              return null;
            },
            result -> context.population().goodbyeEnds());
  }
}
