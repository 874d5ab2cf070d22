package dev.roomcast.core.audience;

/**
 * How one publish, or one request to disconnect, went.
 *
 * @param queued clients of this server whose outbound queue took the message, or the close
 * @param dropped clients of this server that were to get it and did not: too slow, or their
 *     encryption failed at once
 * @param rejectedLoops event loops that did not take it, so that their clients did not get it: an
 *     inbox was full, which only a message is refused for, or the loop has closed
 * @param bus what became of it on the bus
 * @param servers other servers that took it; 0 unless {@code bus} is {@link Bus#PUBLISHED}, {@link
 *     #UNKNOWN} where the bus cannot tell, as on a Redis Cluster
 */
public record DeliveryReport(long queued, long dropped, int rejectedLoops, Bus bus, long servers) {

  /** The bus took it and cannot tell for how many servers. */
  public static final long UNKNOWN = -1;

  /** What became of a publish on the bus. */
  public enum Bus {
    /** It was not meant for the bus, or there is none. */
    NOT_USED,
    /** The bus took it. */
    PUBLISHED,
    /** The bus did not take it; it was done on this server alone. */
    FAILED
  }

  /** Whether nothing was lost as far as this server knows. */
  public boolean complete() {
    return dropped == 0 && rejectedLoops == 0 && bus != Bus.FAILED;
  }
}
