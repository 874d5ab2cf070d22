package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.internal.model.Deadlines.Deadline;
import dev.roomcast.port.observation.Signal;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Goes on once the bus has confirmed rooms, or has taken too long: whoever is told that it is in a
 * room misses nothing that is published from then on. Confined to its shard's loop.
 */
final class Confirmation {
  private final Shard shard;
  private final ServerContext context;
  private final AtomicBoolean over = new AtomicBoolean();

  Confirmation(Shard shard, ServerContext context) {
    this.shard = shard;
    this.context = context;
  }

  /** Runs the step on the loop: at once if there is nothing to wait for. Never, if that closes. */
  void await(Collection<String> rooms, Runnable step) {
    await(rooms, step, () -> {});
  }

  /**
   * Runs the step on the loop: at once if there is nothing to wait for.
   *
   * @param abandoned runs instead, on any thread, if the loop closes in between
   */
  void await(Collection<String> rooms, Runnable step, Runnable abandoned) {
    CompletableFuture<Void> confirmed = context.interest().confirmed(rooms);
    if (confirmed.isDone()) {
      step.run();
      return;
    }
    Deadline<Runnable> tooLate =
        shard.after(
            context.options().cluster().confirmationTimeout(),
            () -> {
              context.observer().count(Signal.BUS_CONFIRMATION_MISSED);
              once(step);
            });
    Command goOn =
        new Command.ContinueOrAbandon(
            () -> {
              shard.cancel(tooLate);
              once(step);
            },
            () -> once(abandoned));
    var unused =
        confirmed.whenComplete(
            (done, failed) -> {
              if (!shard.submit(goOn)) {
                once(abandoned);
              }
            });
  }

  private void once(Runnable step) {
    if (over.compareAndSet(false, true)) {
      step.run();
    }
  }
}
