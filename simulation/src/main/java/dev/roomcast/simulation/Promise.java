package dev.roomcast.simulation;

import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A stage that a server returned.
 *
 * @param of what it is of
 * @param expected what it may complete with
 */
record Promise<T>(String of, CompletionStage<T> stage, Predicate<@Nullable T> expected) {

  /** A stage that may complete with anything. */
  static <T> Promise<T> of(String what, CompletionStage<T> stage) {
    return new Promise<>(what, stage, value -> true);
  }

  /** Whether it is complete, and how it should be. */
  boolean kept() {
    var future = stage.toCompletableFuture();
    return future.isDone() && !future.isCompletedExceptionally() && expected.test(future.join());
  }

  @Override
  public String toString() {
    var future = stage.toCompletableFuture();
    boolean value = future.isDone() && !future.isCompletedExceptionally();
    return of + ": " + (value ? future.join() : future.isDone() ? "failed" : "open");
  }
}
