package dev.roomcast.port.transport;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * What the core asks of every transport, from PROTOCOL.md 1.5, 1.6 and 1.8. Immutable.
 *
 * @param path where upgrade requests are taken, starting with {@code /}
 * @param maxMessageBytes the largest inbound message, its fragments together and inflated; beyond
 *     it the connection closes with 1009
 * @param idleTimeout no byte at all for so long closes with 1001; zero never does
 * @param sendPings whether a ping goes out at half of {@code idleTimeout}
 * @param closeTimeout how long a close may take until it ends by force
 * @param backpressureLimit bytes that may be unsent after a write attempt
 * @param stallTimeout how long a socket may take no byte while something waits
 * @param handshakeTimeout from accepting a connection to its whole upgrade request
 * @param maxHandshakeBytes the largest head of an upgrade request; beyond it HTTP 431
 * @param pacing how long a message that was sent with {@link Flush#PACED} may wait for others while
 *     its loop is busy; zero never, otherwise 1 ms to 1 s
 * @param compression whether messages are compressed, by transports that can (T06)
 */
public record TransportSettings(
    String path,
    int maxMessageBytes,
    Duration idleTimeout,
    boolean sendPings,
    Duration closeTimeout,
    int backpressureLimit,
    Duration stallTimeout,
    Duration handshakeTimeout,
    int maxHandshakeBytes,
    Duration pacing,
    Compression compression) {

  /**
   * The longest that still keeps the latest message of a loop at its limit within 8 ms of what it
   * would take without, measured with a thousand connections; a third of the CPU is saved then.
   */
  public static final Duration DEFAULT_PACING = Duration.ofMillis(5);

  /** Loops have no shorter timers. */
  private static final Duration SHORTEST_PACING = Duration.ofMillis(1);

  private static final Duration LONGEST_PACING = Duration.ofSeconds(1);

  /** The defaults of the protocol, with the seed's path. */
  public static TransportSettings defaults() {
    return new TransportSettings(
        "/ws",
        128 * 1024,
        Duration.ofSeconds(60),
        true,
        Duration.ofSeconds(5),
        1024 * 1024,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        16 * 1024,
        DEFAULT_PACING,
        Compression.off());
  }

  public TransportSettings {
    require(path.startsWith("/"), "path", path, "a path that starts with '/'");
    require(maxMessageBytes > 0, "maxMessageBytes", maxMessageBytes, "more than 0");
    require(!idleTimeout.isNegative(), "idleTimeout", idleTimeout, "zero (never) or more");
    requirePositive(closeTimeout, "closeTimeout");
    require(backpressureLimit > 0, "backpressureLimit", backpressureLimit, "more than 0");
    requirePositive(stallTimeout, "stallTimeout");
    requirePositive(handshakeTimeout, "handshakeTimeout");
    require(maxHandshakeBytes >= 1024, "maxHandshakeBytes", maxHandshakeBytes, "1024 or more");
    require(
        pacing.isZero()
            || (pacing.compareTo(SHORTEST_PACING) >= 0 && pacing.compareTo(LONGEST_PACING) <= 0),
        "pacing",
        pacing,
        "zero (never), or 1 ms to 1 s");
  }

  /** These settings with another {@code path}. */
  public TransportSettings withPath(String value) {
    return with(draft -> draft.path = value);
  }

  /** These settings with another {@code maxMessageBytes}. */
  public TransportSettings withMaxMessageBytes(int value) {
    return with(draft -> draft.maxMessageBytes = value);
  }

  /** These settings with another {@code idleTimeout}. */
  public TransportSettings withIdleTimeout(Duration value) {
    return with(draft -> draft.idleTimeout = value);
  }

  /** These settings with another {@code sendPings}. */
  public TransportSettings withSendPings(boolean value) {
    return with(draft -> draft.sendPings = value);
  }

  /** These settings with another {@code closeTimeout}. */
  public TransportSettings withCloseTimeout(Duration value) {
    return with(draft -> draft.closeTimeout = value);
  }

  /** These settings with another {@code backpressureLimit}. */
  public TransportSettings withBackpressureLimit(int value) {
    return with(draft -> draft.backpressureLimit = value);
  }

  /** These settings with another {@code stallTimeout}. */
  public TransportSettings withStallTimeout(Duration value) {
    return with(draft -> draft.stallTimeout = value);
  }

  /** These settings with another {@code handshakeTimeout}. */
  public TransportSettings withHandshakeTimeout(Duration value) {
    return with(draft -> draft.handshakeTimeout = value);
  }

  /** These settings with another {@code maxHandshakeBytes}. */
  public TransportSettings withMaxHandshakeBytes(int value) {
    return with(draft -> draft.maxHandshakeBytes = value);
  }

  /** These settings with another {@code pacing}. */
  public TransportSettings withPacing(Duration value) {
    return with(draft -> draft.pacing = value);
  }

  /** These settings with another {@code compression}. */
  public TransportSettings withCompression(Compression value) {
    return with(draft -> draft.compression = value);
  }

  private TransportSettings with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.settings();
  }

  private static void requirePositive(Duration value, String name) {
    require(value.isPositive(), name, value, "more than zero");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
    }
  }

  /** The components as variables, so that changing one does not repeat the others. */
  private static final class Draft {
    String path;
    int maxMessageBytes;
    Duration idleTimeout;
    boolean sendPings;
    Duration closeTimeout;
    int backpressureLimit;
    Duration stallTimeout;
    Duration handshakeTimeout;
    int maxHandshakeBytes;
    Duration pacing;
    Compression compression;

    Draft(TransportSettings from) {
      path = from.path;
      maxMessageBytes = from.maxMessageBytes;
      idleTimeout = from.idleTimeout;
      sendPings = from.sendPings;
      closeTimeout = from.closeTimeout;
      backpressureLimit = from.backpressureLimit;
      stallTimeout = from.stallTimeout;
      handshakeTimeout = from.handshakeTimeout;
      maxHandshakeBytes = from.maxHandshakeBytes;
      pacing = from.pacing;
      compression = from.compression;
    }

    TransportSettings settings() {
      return new TransportSettings(
          path,
          maxMessageBytes,
          idleTimeout,
          sendPings,
          closeTimeout,
          backpressureLimit,
          stallTimeout,
          handshakeTimeout,
          maxHandshakeBytes,
          pacing,
          compression);
    }
  }
}
