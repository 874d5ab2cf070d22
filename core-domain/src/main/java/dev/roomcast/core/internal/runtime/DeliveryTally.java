package dev.roomcast.core.internal.runtime;

import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.audience.DeliveryReport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Adds up what became of one publish. It has parts: one for each loop it was given to, one for the
 * bus, and one for whoever submits it, so that it cannot complete early. Thread-safe.
 */
public final class DeliveryTally implements Delivery {
  private final CompletableFuture<DeliveryReport> report = new CompletableFuture<>();
  private int openParts = 1; // guarded by this, like all below
  private long queued;
  private long dropped;
  private int rejectedLoops;
  private DeliveryReport.Bus bus = DeliveryReport.Bus.NOT_USED;
  private long servers;

  /** One part more is under way. */
  public synchronized void begin() {
    openParts++;
  }

  /** The submitter has begun every part. */
  public void submitted() {
    end();
  }

  void delivered(long toQueues, long notTaken) {
    synchronized (this) {
      queued += toQueues;
      dropped += notTaken;
    }
    end();
  }

  void rejected() {
    synchronized (this) {
      rejectedLoops++;
    }
    end();
  }

  /**
   * The bus took it.
   *
   * @param byServers how many others heard it, below 0 if the bus cannot tell
   */
  public void published(long byServers) {
    synchronized (this) {
      bus = DeliveryReport.Bus.PUBLISHED;
      servers = Math.max(DeliveryReport.UNKNOWN, byServers);
    }
    end();
  }

  /** The bus did not take it. */
  public void publishFailed() {
    synchronized (this) {
      bus = DeliveryReport.Bus.FAILED;
    }
    end();
  }

  private void end() {
    DeliveryReport whole;
    synchronized (this) {
      if (--openParts > 0) {
        return;
      }
      whole = new DeliveryReport(queued, dropped, rejectedLoops, bus, servers);
    }
    report.complete(whole);
  }

  @Override
  public CompletionStage<DeliveryReport> report() {
    return report.copy();
  }
}
