package dev.roomcast.core;

import dev.roomcast.core.internal.cluster.BusLink;
import dev.roomcast.core.internal.model.Closes;
import dev.roomcast.core.internal.runtime.Command;
import dev.roomcast.core.internal.runtime.Fanout;
import dev.roomcast.core.internal.runtime.Messages;
import dev.roomcast.core.internal.runtime.Population;
import dev.roomcast.core.internal.runtime.Shards;
import dev.roomcast.core.options.ServerOptions;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.ThreadEventLoop;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a server's parts in order, and ends them in the reverse. Thread-safe. */
final class Lifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** On top of {@code closeTimeout}, for disconnected hooks. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private enum Phase {
    NEW,
    RUNNING,
    DRAINING,
    ENDED
  }

  private final Parts parts;
  private final ServerOptions options;
  private final BusLink bus;
  private final Population population;
  private final Shards shards;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  Lifecycle(Parts parts, ServerOptions options, BusLink bus, Population population, Shards shards) {
    this.parts = parts;
    this.options = options;
    this.bus = bus;
    this.population = population;
    this.shards = shards;
  }

  TransportAddress start(TransportContext context, Messages messages, Fanout fanout) {
    if (!phase.compareAndSet(Phase.NEW, Phase.RUNNING)) {
      throw new IllegalStateException("server " + options.name() + " was started before");
    }
    try {
      bus.start(messages, fanout);
      TransportAddress address = parts.transport().start(context);
      if (phase.get() != Phase.RUNNING) {
        throw new IllegalStateException("server " + options.name() + " was shut down meanwhile");
      }
      LOG.info("server {} accepts clients at {}", options.name(), address.uri());
      return address;
    } catch (RuntimeException failed) {
      phase.set(Phase.ENDED);
      release();
      ended.complete(null);
      throw failed;
    }
  }

  /** While it drains, too: disconnected hooks tell others of who left. */
  void requireRunning() {
    if (phase.get() == Phase.NEW) {
      throw new IllegalStateException("server " + options.name() + " is not started");
    }
    if (phase.get() == Phase.ENDED) {
      throw new IllegalStateException("server " + options.name() + " has ended");
    }
  }

  CompletionStage<Void> shutdown() {
    if (phase.compareAndSet(Phase.RUNNING, Phase.DRAINING)
        || phase.compareAndSet(Phase.NEW, Phase.DRAINING)) {
      CompletableFuture<Void> drained = new CompletableFuture<>();
      giveUpLater(drained);
      // Now, so that whatever is sent after this call comes after the close.
      closeAll();
      // Not on a loop's thread: the transport waits for its loops.
      parts.hookExecutor().execute(() -> drain(drained));
      var unused = drained.thenRun(() -> parts.hookExecutor().execute(this::end));
    }
    return ended.copy();
  }

  private void drain(CompletableFuture<Void> drained) {
    parts.transport().stopAccepting();
    closeAll(); // those that were opened since
    var unused = population.drained().thenRun(() -> drained.complete(null));
  }

  private void closeAll() {
    shards.all().forEach(shard -> shard.submit(new Command.CloseAll(Closes.SHUTTING_DOWN)));
  }

  private void giveUpLater(CompletableFuture<Void> drained) {
    Duration atMost = options.sessions().closeTimeout().plus(GRACE);
    EventLoop given = parts.housekeeping();
    if (given == null) {
      ThreadEventLoop own = EventLoop.singleThread(options.name() + "-shutdown");
      own.after(atMost, () -> drained.complete(null));
      var unused = drained.thenRun(own::close);
    } else {
      given.after(atMost, () -> drained.complete(null));
    }
  }

  private void end() {
    phase.set(Phase.ENDED);
    if (population.connections() > 0) {
      LOG.warn("{} connections did not close in time and are cut off", population.connections());
    }
    release();
    // Before whoever waits goes on and, perhaps, ends the process.
    LOG.info("server {} has ended", options.name());
    ended.complete(null);
  }

  private void release() {
    end("transport", parts.transport()::close);
    end("bus", bus::close);
  }

  // A part that fails does not keep the next one open.
  private void end(String part, Runnable close) {
    try {
      close.run();
    } catch (RuntimeException fault) {
      LOG.error("the {} of server {} did not end in order", part, options.name(), fault);
    }
  }
}
