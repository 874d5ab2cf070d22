package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.TransportSettings;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Tells how far a peer is behind with reading. Confined to the loop. */
final class BacklogWatch {
  private final EventLoop loop;
  private final FrameWriter writer;
  private final TransportSettings settings;
  private final BooleanSupplier open;
  private final Consumer<Backpressure> told;
  private boolean stallTimerRuns;
  private Backpressure level = Backpressure.CLEAR;

  /**
   * @param open whether anybody still wants to know
   */
  BacklogWatch(
      EventLoop loop,
      FrameWriter writer,
      TransportSettings settings,
      BooleanSupplier open,
      Consumer<Backpressure> told) {
    this.loop = loop;
    this.writer = writer;
    this.settings = settings;
    this.open = open;
    this.told = told;
  }

  /** Something was queued or written. */
  void look() {
    long unsent = writer.unsent();
    long limit = settings.backpressureLimit();
    boolean low = unsent <= limit / 4;
    boolean free = level == Backpressure.CLEAR || level == Backpressure.HIGH;
    if (low) {
      report(Backpressure.CLEAR);
    } else if (free && unsent > limit && writer.messages() > 1) {
      report(Backpressure.OVER_LIMIT);
    } else if (free && unsent > limit / 2) {
      report(Backpressure.HIGH);
    }
    if (unsent > 0 && !stallTimerRuns) {
      watchForStall(writer.taken());
    }
  }

  private void watchForStall(long takenBefore) {
    stallTimerRuns = true;
    loop.after(
        settings.stallTimeout(),
        () -> {
          stallTimerRuns = false;
          if (open.getAsBoolean() && writer.unsent() > 0) {
            if (writer.taken() == takenBefore && level != Backpressure.OVER_LIMIT) {
              report(Backpressure.STALLED);
            }
            watchForStall(writer.taken());
          }
        });
  }

  private void report(Backpressure next) {
    if (next != level) {
      level = next;
      told.accept(next);
    }
  }
}
