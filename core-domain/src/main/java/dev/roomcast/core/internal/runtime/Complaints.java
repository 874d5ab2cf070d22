package dev.roomcast.core.internal.runtime;

import dev.roomcast.port.time.TimeSource;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs at a limited rate, so that neither a bad publisher nor a bad client can fill a disk; at
 * DEBUG everything. Thread-safe.
 */
public final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger logger;
  private final Level level;
  private final TimeSource time;
  private boolean silent; // guarded by this, like all below
  private long silentSinceNanos;
  private long suppressed;

  public Complaints(TimeSource time) {
    this(LOG, Level.WARN, time);
  }

  Complaints(Logger logger, Level level, TimeSource time) {
    this.logger = logger;
    this.level = level;
    this.time = time;
  }

  /** Logs a complaint, or counts it until the pause is over. */
  public void about(String what) {
    about(what, null);
  }

  /** Logs a complaint with the stack of what was thrown, or counts it until the pause is over. */
  void about(String what, @Nullable Throwable thrown) {
    OptionalLong unheard = speak();
    if (unheard.isPresent()) {
      logger
          .atLevel(level)
          .setCause(shown(thrown))
          .log("{} ({} like it were not logged)", Escaped.line(what), unheard.getAsLong());
    } else if (logger.isDebugEnabled()) {
      logger.debug(Escaped.line(what), shown(thrown));
    }
  }

  private static @Nullable Throwable shown(@Nullable Throwable thrown) {
    return thrown == null ? null : Escaped.of(thrown);
  }

  /** How many were not logged since the last one that was; empty if this one is not either. */
  private synchronized OptionalLong speak() {
    long now = time.nanoTime();
    if (silent && now - silentSinceNanos < PAUSE_NANOS) {
      suppressed++;
      return OptionalLong.empty();
    }
    OptionalLong unheard = OptionalLong.of(suppressed);
    silent = true;
    silentSinceNanos = now;
    suppressed = 0;
    return unheard;
  }
}
