package dev.roomcast.core.internal.cluster;

import dev.roomcast.port.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at a limited rate, so that one bad publisher cannot fill a disk. Thread-safe. */
public final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final TimeSource time;
  private boolean silent; // guarded by this, like all below
  private long silentSinceNanos;
  private long suppressed;

  public Complaints(TimeSource time) {
    this.time = time;
  }

  /** Logs a complaint, or counts it until the pause is over. */
  public synchronized void about(String what) {
    long now = time.nanoTime();
    if (silent && now - silentSinceNanos < PAUSE_NANOS) {
      suppressed++;
      return;
    }
    LOG.warn("{} ({} like it were not logged)", what, suppressed);
    silent = true;
    silentSinceNanos = now;
    suppressed = 0;
  }
}
