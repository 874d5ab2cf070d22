package dev.roomcast.wire;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.wire.internal.Composer;
import dev.roomcast.wire.internal.Deflate;
import dev.roomcast.wire.internal.IdleWatch;
import dev.roomcast.wire.internal.LoopTimers;
import dev.roomcast.wire.internal.Pacing;
import dev.roomcast.wire.internal.Watermarks;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the connections of one loop share. Confined to that loop, once made. */
final class LoopWorld {
  private static final Duration SHORTEST_TICK = Duration.ofMillis(1);
  private static final Duration LONGEST_TICK = Duration.ofMillis(100);

  /** A deadline is served late by this part of the shortest time-out at most. */
  private static final int TICKS_PER_TIMEOUT = 64;

  final PipeLoop loop;
  final Acceptor acceptor;
  final Composer composer = new Composer();
  final FlushCycle flushCycle;
  final LoopTimers timers;
  final IdleWatch.Rule idleRule;
  final Watermarks watermarks;
  final int maxMessageBytes;
  final long closeTimeout;
  final long stallTimeout;

  /** Null where compression is off. */
  private final @Nullable Deflate deflate;

  private final Set<WireConnection> open = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The world of one loop. */
  LoopWorld(PipeLoop loop, TransportContext context) {
    this.loop = loop;
    acceptor = context.acceptor();
    TransportSettings settings = context.settings();
    timers = new LoopTimers(loop, context.time(), tick(settings));
    flushCycle = new FlushCycle(loop, timers, new Pacing(settings.pacing().toNanos()));
    idleRule = IdleWatch.Rule.of(settings.idleTimeout(), settings.sendPings());
    watermarks = new Watermarks(settings.backpressureLimit());
    maxMessageBytes = settings.maxMessageBytes();
    closeTimeout = settings.closeTimeout().toNanos();
    stallTimeout = settings.stallTimeout().toNanos();
    deflate = settings.compression().on() ? Deflate.of(maxMessageBytes) : null;
  }

  /**
   * Makes a connection of a pipe of this loop and announces it. On the loop.
   *
   * @param compresses whether compression was agreed on
   */
  PipeListener open(BytePipe pipe, Handshake handshake, boolean compresses) {
    WireConnection connection =
        new WireConnection(this, pipe, handshake.remoteAddress(), compresses ? deflate : null);
    open.add(connection);
    connection.open(handshake);
    return connection;
  }

  /** The connection's pipe is gone. */
  void closed(WireConnection connection) {
    open.remove(connection);
  }

  /** How many connections have a pipe that is not gone. */
  int size() {
    return open.size();
  }

  /** Aborts every open connection and frees what they shared. On the loop. */
  void end() {
    List.copyOf(open).forEach(WireConnection::abort);
    if (deflate != null) {
      deflate.close();
    }
  }

  private static Duration tick(TransportSettings settings) {
    Duration shortest =
        Stream.of(
                settings.idleTimeout().dividedBy(2),
                settings.closeTimeout(),
                settings.stallTimeout())
            .filter(Duration::isPositive)
            .min(Duration::compareTo)
            .orElse(LONGEST_TICK)
            .dividedBy(TICKS_PER_TIMEOUT);
    return shortest.compareTo(SHORTEST_TICK) < 0
        ? SHORTEST_TICK
        : shortest.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : shortest;
  }
}
