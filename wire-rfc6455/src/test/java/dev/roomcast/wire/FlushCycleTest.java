package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.wire.internal.FramedMessage;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the cycle costs when it never rests. */
final class FlushCycleTest {
  private static final int CONNECTIONS = 2 * FlushCycle.SLICE;

  private final ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Peer peer = new Peer();
  private final FakeLoop loop = peer.loop;
  private final FlushCycle cycle = peer.world.flushCycle;
  private final List<Outbound> connections =
      IntStream.range(0, CONNECTIONS).mapToObj(i -> idle()).toList();

  /** One with nothing to write: its flush costs next to nothing. */
  private Outbound idle() {
    return new Outbound(peer.world, peer.pipe) {
      @Override
      void levelChanged(Backpressure level) {}

      @Override
      void drained() {}

      @Override
      void stallDueAt(long at) {}

      @Override
      void broken(Exception cause) {
        throw new AssertionError(cause);
      }
    };
  }

  @Test
  void needsNoMoreMemoryWhenTheBacklogNeverEmpties() {
    connections.forEach(cycle::withRound);
    turns(10);
    long before = memory.getCurrentThreadAllocatedBytes();
    turns(2_000);
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
  }

  @Test
  void writesToARoomWhileEachTurnHasAnswersForAWholeSlice() {
    Peer listener = new Peer(peer);
    FramedMessage message = FramedMessage.text(ClientFrames.utf8("hello"), true);
    listener.call(connection -> connection.send(message, Flush.PACED));
    for (int turn = 0; turn < 5; turn++) {
      connections.subList(0, FlushCycle.SLICE).forEach(cycle::atTurnEnd);
      assertThat(loop.turn()).isTrue();
    }
    assertThat(listener.pipe.writes).isEqualTo(1);
  }

  /** In each turn a slice is flushed, and asks again before the next one is. */
  private void turns(int turns) {
    for (int turn = 0, next = 0; turn < turns; turn++) {
      assertThat(loop.turn()).isTrue();
      for (int i = 0; i < FlushCycle.SLICE; i++) {
        cycle.withRound(connections.get(next));
        next = (next + 1) % CONNECTIONS;
      }
    }
  }
}
