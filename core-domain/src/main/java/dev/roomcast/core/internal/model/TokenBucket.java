package dev.roomcast.core.internal.model;

/**
 * Allows a rate with bursts: a bucket of {@code rate + burst} tokens that refills at {@code rate} a
 * second. While nobody listens it fills beyond that: what was sent meanwhile is heard all at once.
 * Confined to its session's loop.
 */
public final class TokenBucket {
  private static final double NANOS_PER_SECOND = 1e9;

  private final double perNano;
  private final double capacity;
  private double tokens;
  private long filledNanos;

  public TokenBucket(int perSecond, int burst, long nowNanos) {
    perNano = perSecond / NANOS_PER_SECOND;
    capacity = (double) perSecond + burst;
    tokens = capacity;
    filledNanos = nowNanos;
  }

  /** Nobody listened from then until now. */
  public void excuse(long sinceNanos, long nowNanos) {
    fill(sinceNanos);
    tokens += (nowNanos - sinceNanos) * perNano;
    filledNanos = nowNanos;
  }

  private void fill(long nowNanos) {
    if (tokens < capacity) {
      tokens = Math.min(capacity, tokens + (nowNanos - filledNanos) * perNano);
    }
    filledNanos = nowNanos;
  }

  /** Takes one token; false if there is none. */
  public boolean take(long nowNanos) {
    fill(nowNanos);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
