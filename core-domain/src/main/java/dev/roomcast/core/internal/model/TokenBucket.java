package dev.roomcast.core.internal.model;

/**
 * Allows a rate with bursts: a bucket of {@code rate + burst} tokens that refills at {@code rate} a
 * second. Confined to its session's loop.
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

  /** Takes one token; false if there is none. */
  public boolean take(long nowNanos) {
    tokens = Math.min(capacity, tokens + (nowNanos - filledNanos) * perNano);
    filledNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }
}
