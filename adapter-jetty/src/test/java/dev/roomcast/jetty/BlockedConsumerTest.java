package dev.roomcast.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.transport.RawWebSocket;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A loop that waits for a peer which does not read must wait, not spin. Counted in CPU time of the
 * loop's thread, of which a spinning one uses all there is.
 */
@Timeout(60)
final class BlockedConsumerTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Duration OBSERVED = Duration.ofMillis(600);

  /** Hands out its one connection, and asks for nothing. */
  private static final class Silent implements Acceptor, ConnectionListener {
    final CompletableFuture<Connection> opened = new CompletableFuture<>();

    @Override
    public Verdict admit(Handshake request) {
      return Verdict.accept();
    }

    @Override
    public ConnectionListener opened(Connection connection, Handshake handshake) {
      opened.complete(connection);
      return this;
    }

    @Override
    public void onMessage(MessageKind kind, ByteBuffer payload) {}

    @Override
    public void onBackpressure(Backpressure level) {}

    @Override
    public void onClosing(CloseStatus status) {}

    @Override
    public void onClosed(CloseStatus status, long lostMessages) {}
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void costsNoCpu(boolean embedded) {
    Silent core = new Silent();
    try (Transport transport =
        embedded ? new ForeignJetty() : JettyTransport.on(JettyOptions.port(0).withIoThreads(1))) {
      URI uri =
          transport
              .start(
                  new TransportContext(
                      TransportSettings.defaults().withIdleTimeout(Duration.ZERO),
                      core,
                      Observer.none(),
                      TimeSource.system()))
              .uri();
      try (RawWebSocket consumer =
          RawWebSocket.connect(uri, Duration.ofSeconds(20), 8 * 1024).upgrade()) {
        assertThat(consumer.localPort()).isPositive();
        Connection connection = core.opened.join();
        PreparedMessage message = transport.prepare(new byte[64 * 1024], false);
        await()
            .until(
                () ->
                    onLoop(
                        connection,
                        () -> {
                          connection.send(message, Flush.TURN_END);
                          return connection.queuedBytes() > 512 * 1024;
                        }));
        long loop = onLoop(connection, () -> Thread.currentThread().threadId());

        // The quietest of several looks: the machine may have had something to catch up with.
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5 && best > OBSERVED.toNanos() / 20; i++) {
          best = Math.min(best, cpuNanosOver(loop, OBSERVED));
        }
        assertThat(best)
            .as("CPU time of the loop in %s", OBSERVED)
            .isLessThan(OBSERVED.toNanos() / 20);
      }
    }
  }

  private static long cpuNanosOver(long thread, Duration time) {
    long before = THREADS.getThreadCpuTime(thread);
    CompletableFuture<Void> over = new CompletableFuture<>();
    over.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS).join();
    return THREADS.getThreadCpuTime(thread) - before;
  }

  private static <T> T onLoop(Connection connection, Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    connection.loop().execute(() -> result.complete(action.get()));
    return result.join();
  }
}
