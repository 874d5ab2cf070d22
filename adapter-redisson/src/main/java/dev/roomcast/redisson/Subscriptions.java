package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusSubscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted, what of it is heard, and how many differ. That is counted, not looked for: by
 * interest there is one for each client, and each comes and goes. Confined to the bus's loop.
 */
final class Subscriptions {

  /** How far a subscription has come. */
  enum Phase {
    SILENT,
    CHANGING,
    HEARD,
    /** As Redis has it or will have it: a change failed, and may take effect all the same. */
    UNKNOWN
  }

  /** One subscription, and who waits for it. */
  final class Entry {
    private final BusSubscription subscription;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private boolean wanted;
    private Phase phase = Phase.SILENT;
    private boolean doubted;

    private Entry(BusSubscription subscription) {
      this.subscription = subscription;
    }

    BusSubscription subscription() {
      return subscription;
    }

    boolean wanted() {
      return wanted;
    }

    boolean changing() {
      return phase == Phase.CHANGING;
    }

    /** Whether it is as it is wanted. */
    boolean settled() {
      return phase == (wanted ? Phase.HEARD : Phase.SILENT);
    }

    /** Changes what is wanted; the stage completes when it is so. */
    void want(boolean now, CompletableFuture<Void> stage) {
      waiting.add(stage);
      boolean was = settled();
      wanted = now;
      count(was, settled());
    }

    void become(Phase now) {
      boolean was = settled();
      phase = now;
      doubted = false;
      count(was, settled());
    }

    /** Something else may have changed it; if it is changing, also what that comes to. */
    void doubt() {
      if (changing()) {
        doubted = true;
      } else {
        become(Phase.UNKNOWN);
      }
    }

    /** Whether it was doubted since it began to change. */
    boolean doubted() {
      return doubted;
    }

    /** Completes what waits, and forgets one that is not wanted. It is settled. */
    void conclude() {
      if (!wanted) {
        entries.remove(subscription);
      }
      waiting.forEach(stage -> stage.complete(null));
      waiting.clear();
    }
  }

  private final Map<BusSubscription, Entry> entries = new LinkedHashMap<>();
  private int unsettled;

  private void count(boolean was, boolean is) {
    unsettled += (was ? 1 : 0) - (is ? 1 : 0);
  }

  /** The entry, new if there was none: not wanted, and silent. */
  Entry entry(BusSubscription subscription) {
    return entries.computeIfAbsent(subscription, Entry::new);
  }

  @Nullable Entry find(BusSubscription subscription) {
    return entries.get(subscription);
  }

  /** Every entry, as of now. */
  List<Entry> all() {
    return List.copyOf(entries.values());
  }

  /** How many are not as they are wanted. */
  int unsettled() {
    return unsettled;
  }

  /** Ends: every stage that waits fails. */
  void fail(Throwable reason) {
    all().forEach(each -> each.waiting.forEach(stage -> stage.completeExceptionally(reason)));
    entries.clear();
  }
}
