package dev.roomcast.core.internal.model;

/**
 * Allows a rate with bursts: a bucket of {@code rate + burst} tokens that refills at {@code rate} a
 * second. While nobody listens it fills beyond that: what was sent meanwhile is heard all at once.
 * Confined to its session's loop.
 */
public final class TokenBucket {
  // In billionths of a token, of which a nanosecond brings as many as the rate: exact, so that who
  // keeps to the rate to the nanosecond is not refused for a rounding.
  private static final long TOKEN = 1_000_000_000;

  private final int perSecond;
  private final long capacity;
  private long tokens;
  private long filledNanos;

  public TokenBucket(int perSecond, int burst, long nowNanos) {
    this.perSecond = perSecond;
    capacity = ((long) perSecond + burst) * TOKEN;
    tokens = capacity;
    filledNanos = nowNanos;
  }

  /** Nobody listened from then until now. */
  public void excuse(long sinceNanos, long nowNanos) {
    fill(sinceNanos);
    tokens = sum(tokens, earned(nowNanos - sinceNanos));
    filledNanos = nowNanos;
  }

  private void fill(long nowNanos) {
    if (tokens < capacity) {
      tokens = Math.min(capacity, sum(tokens, earned(nowNanos - filledNanos)));
    }
    filledNanos = nowNanos;
  }

  private long earned(long nanos) {
    return nanos > Long.MAX_VALUE / perSecond ? Long.MAX_VALUE : nanos * perSecond;
  }

  private static long sum(long some, long more) {
    return Math.min(some, Long.MAX_VALUE - more) + more;
  }

  /** Takes one token; false if there is none. */
  public boolean take(long nowNanos) {
    fill(nowNanos);
    if (tokens < TOKEN) {
      return false;
    }
    tokens -= TOKEN;
    return true;
  }
}
