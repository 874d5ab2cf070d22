package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.redisson.Subscriptions.Entry;
import dev.roomcast.redisson.Subscriptions.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be heard, and the {@link Ear} that hears it; a lost one is replaced until one holds.
 * Confined to the loop.
 */
final class Hearing {
  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  /** Until a subscription that failed is tried again. */
  private static final Duration AGAIN = Duration.ofMillis(100);

  private static final Duration SOONEST = Duration.ofMillis(100);
  private static final Duration LATEST = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final Supplier<CompletionStage<Ear>> open;
  private final Consumer<Boolean> whole;
  private final Subscriptions subscriptions = new Subscriptions();
  private final List<CompletableFuture<Void>> untilWhole = new ArrayList<>();
  private @Nullable Ear ear;
  private boolean started;
  private boolean opening;
  private boolean isWhole;
  private boolean closed;
  private boolean complained; // of a subscription, since all was heard
  private int failures;
  private volatile @Nullable Throwable lastFailure; // written by the loop

  /**
   * Nothing heard yet.
   *
   * @param open connects a new ear; its stage may complete on any thread
   * @param whole told whether all that is wanted is heard, on each change; false until then
   */
  Hearing(EventLoop loop, Supplier<CompletionStage<Ear>> open, Consumer<Boolean> whole) {
    this.loop = loop;
    this.open = open;
    this.whole = whole;
  }

  /** Changes what is wanted; the stage completes when it is so. */
  void change(BusSubscription subscription, boolean wanted, CompletableFuture<Void> stage) {
    if (closed) {
      stage.completeExceptionally(new BusException("the bus is closed", null));
      return;
    }
    Entry entry = subscriptions.entry(subscription);
    entry.want(wanted, stage);
    if (started) {
      reconcile(entry);
    }
  }

  /** Connects anew and subscribes to everything; the stage completes when all is heard. */
  void renew(CompletableFuture<Void> stage) {
    if (closed) {
      stage.completeExceptionally(new BusException("the bus is closed", null));
      return;
    }
    started = true;
    untilWhole.add(stage);
    tell(false);
    openAnother();
  }

  /** What went wrong last, if anything did. Any thread. */
  @Nullable Throwable lastFailure() {
    return lastFailure;
  }

  /** An ear lost its connection. */
  void lost(Ear which) {
    if (which == ear && !opening && !closed) {
      tell(false);
      openAnother();
    }
  }

  /** An ear is unsubscribing; perhaps unasked, as Redisson does some time after it gave up. */
  void unsubscribes(Ear which, BusSubscription subscription) {
    Entry entry = subscriptions.find(subscription);
    if (which == ear && entry != null && entry.wanted()) {
      entry.doubt();
      reconcile(entry);
    }
  }

  private void tell(boolean nowWhole) {
    if (isWhole != nowWhole) {
      isWhole = nowWhole;
      whole.accept(nowWhole);
    }
  }

  private void openAnother() {
    if (!opening) {
      opening = true;
      tryToOpen();
    }
  }

  private void tryToOpen() {
    if (closed) {
      return;
    }
    var unused =
        begin()
            .whenComplete(
                (opened, failed) -> {
                  boolean accepted =
                      loop.execute(() -> opened(opened, failed)); // refused: the bus has ended
                  if (!accepted && opened != null) {
                    opened.close();
                  }
                });
  }

  private CompletionStage<Ear> begin() {
    try {
      return open.get();
    } catch (RuntimeException | Error thrown) {
      // Such as no thread to be had: later there may be one, and a bus never stays deaf.
      return CompletableFuture.failedFuture(thrown);
    }
  }

  private void opened(@Nullable Ear opened, @Nullable Throwable failed) {
    if (closed) {
      if (opened != null) {
        discard(opened);
      }
      return;
    }
    if (opened == null || opened.isLost()) {
      if (opened != null) {
        discard(opened);
      }
      failures++;
      lastFailure = failed;
      if (failures == 1) {
        LOG.warn(
            "Redis cannot be reached and is tried again: {}",
            failed == null ? "the connection was lost at once" : Reason.ofConnecting(failed));
      }
      loop.after(delay(), this::tryToOpen);
      return;
    }
    failures = 0;
    opening = false;
    CompletionStage<Void> silent = nothingHeardBy(ear);
    ear = opened;
    List<BusSubscription> wanted = new ArrayList<>();
    for (Entry entry : subscriptions.all()) {
      entry.become(Phase.SILENT);
      if (entry.wanted()) {
        wanted.add(entry.subscription());
      } else {
        // What the last one received before it was unsubscribed from may wait for the listener.
        await(silent, opened, List.of(entry), /* hear= */ false);
      }
    }
    for (List<BusSubscription> group : opened.subscriber().together(wanted)) {
      List<Entry> entries = group.stream().map(subscriptions::entry).toList();
      await(opened.subscriber().subscribe(group), opened, entries, /* hear= */ true);
    }
    completeIfWhole();
  }

  /** Before the next one subscribes: what both hear would be told twice. */
  private CompletionStage<Void> nothingHeardBy(@Nullable Ear old) {
    if (old == null) {
      return CompletableFuture.completedFuture(null);
    }
    CompletionStage<Void> silent = old.giveWay();
    discard(old);
    return silent;
  }

  private Duration delay() {
    Duration doubled = SOONEST.multipliedBy(1L << Math.min(failures, 10));
    return doubled.compareTo(LATEST) < 0 ? doubled : LATEST;
  }

  private void reconcile(Entry entry) {
    if (closed || entry.changing()) {
      return;
    }
    // What is heard by an ear that is lost or about to be replaced is not confirmed.
    if (entry.settled() && !(opening && entry.wanted())) {
      entry.conclude();
      completeIfWhole();
      return;
    }
    Ear with = ear;
    if (with == null || opening) {
      return;
    }
    boolean hear = entry.wanted();
    Subscriber by = with.subscriber();
    CompletionStage<Void> change =
        hear ? by.subscribe(List.of(entry.subscription())) : by.unsubscribe(entry.subscription());
    await(change, with, List.of(entry), hear);
  }

  private void await(CompletionStage<Void> change, Ear with, List<Entry> entries, boolean hear) {
    entries.forEach(entry -> entry.become(Phase.CHANGING));
    var unused =
        change.whenComplete(
            (done, failed) ->
                loop.execute(() -> entries.forEach(entry -> changed(with, entry, hear, failed))));
  }

  private void changed(Ear with, Entry entry, boolean hear, @Nullable Throwable failed) {
    if (with != ear) {
      return; // another ear has taken over, and with it the entry's phase
    }
    Phase meant = hear ? Phase.HEARD : Phase.SILENT;
    entry.become(failed == null && !entry.doubted() ? meant : Phase.UNKNOWN);
    if (failed == null) {
      reconcile(entry);
    } else {
      lastFailure = failed;
      if (!complained) {
        complained = true;
        LOG.warn("subscribing failed and is tried again: {}", Reason.ofConnecting(failed));
      }
      loop.after(AGAIN, () -> tryAgain(entry.subscription()));
    }
  }

  private void tryAgain(BusSubscription subscription) {
    Entry entry = subscriptions.find(subscription);
    if (entry != null) {
      reconcile(entry);
    }
  }

  private void completeIfWhole() {
    if (opening || ear == null || subscriptions.unsettled() > 0) {
      return;
    }
    complained = false;
    tell(true);
    List<CompletableFuture<Void>> waiting = List.copyOf(untilWhole);
    untilWhole.clear();
    waiting.forEach(stage -> stage.complete(null));
  }

  private void discard(Ear ear) {
    try {
      // Not on the loop: it waits for Redisson's threads.
      Thread.ofPlatform().daemon().name("roomcast-redis-discard").start(ear::close);
    } catch (OutOfMemoryError noThread) {
      LOG.warn("no thread to close a connection to Redis by; tried again", noThread);
      loop.after(LATEST, () -> discard(ear));
    }
  }

  /** Ends: every open stage fails. */
  void close() {
    closed = true;
    BusException reason = new BusException("the bus is closed", null);
    subscriptions.fail(reason);
    untilWhole.forEach(stage -> stage.completeExceptionally(reason));
    Ear old = ear;
    if (old != null) {
      old.deafen();
      discard(old);
      ear = null;
    }
  }
}
