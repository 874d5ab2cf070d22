package dev.roomcast.jetty.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.wire.LoopGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jetty's HTTP over TLS on a connector of ours, where nobody asked for an upgrade yet. */
@Timeout(60)
final class GuardedTlsTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.shared();
  private static final Duration OBSERVED = Duration.ofMillis(250);

  /** Jetty goes on with a connection by a task of its threads. */
  private static final class CountingThreads extends QueuedThreadPool {
    final AtomicLong tasks = new AtomicLong();

    @Override
    public void execute(Runnable task) {
      tasks.incrementAndGet();
      super.execute(task);
    }

    long tasksMeanwhile() {
      long before = tasks.get();
      return CompletableFuture.supplyAsync(
              () -> tasks.get() - before,
              CompletableFuture.delayedExecutor(OBSERVED.toMillis(), TimeUnit.MILLISECONDS))
          .join();
    }
  }

  private static final Acceptor NOBODY =
      new Acceptor() {
        @Override
        public Verdict admit(Handshake request) {
          throw new AssertionError("there are no upgrades here");
        }

        @Override
        public ConnectionListener opened(Connection connection, Handshake handshake) {
          throw new AssertionError("there are no upgrades here");
        }
      };

  private final CountingThreads threads = new CountingThreads();
  private final LoopGroup loops = new LoopGroup();
  private final Server jetty = new Server(threads);
  private final LoopConnector connector =
      new LoopConnector(
          jetty,
          /* ioThreads= */ 1,
          loops,
          new TransportContext(
              TransportSettings.defaults().withHandshakeTimeout(Duration.ofMinutes(1)),
              NOBODY,
              Observer.none(),
              TimeSource.system()),
          new HttpConnectionFactory(),
          CERTIFICATE.server());

  @BeforeEach
  void start() throws Exception {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    // A buffer that the kernel does not enlarge is full for good.
    connector.setAcceptedSendBufferSize(16 * 1024);
    jetty.addConnector(connector);
    jetty.setHandler(
        new GuardedRequests(
            new Handler.Abstract() {
              @Override
              public boolean handle(Request request, Response response, Callback callback) {
                response.setStatus(204);
                callback.succeeded();
                return true;
              }
            }));
    jetty.start();
  }

  @AfterEach
  void stop() throws Exception {
    loops.close();
    jetty.stop();
  }

  private SSLSocket connect(Socket below) throws IOException {
    below.setReceiveBufferSize(8 * 1024);
    below.setSoTimeout(20_000);
    below.connect(new InetSocketAddress(connector.getHost(), connector.getLocalPort()));
    SSLSocket secured =
        (SSLSocket)
            CERTIFICATE
                .client()
                .getSocketFactory()
                .createSocket(below, "localhost", connector.getLocalPort(), /* autoClose= */ true);
    secured.startHandshake();
    return secured;
  }

  /**
   * Each change asks for an answer (RFC 8446 section 4.6.3), and TLS reads no further before that
   * has left. A connection that spins makes tens of thousands of tasks in the time observed.
   */
  @Test
  void makesFewTasksForAPeerThatChangesItsKeysAndReadsNothing() throws Exception {
    try (Socket below = new Socket()) {
      SSLSocket client = connect(below);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> changeKeysAndAsk(client));
      sent.join();
      // None at all would be a peer that waits for nothing.
      await().until(threads::tasksMeanwhile, tasks -> tasks > 2 && tasks < 250);

      CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> readLine(client));
      assertThat(answer.join()).isEqualTo("HTTP/1.1 204 No Content");
    }
  }

  private static void changeKeysAndAsk(SSLSocket client) {
    try {
      for (int i = 0; i < 5_000; i++) {
        client.startHandshake();
      }
      client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String readLine(SSLSocket client) {
    StringBuilder line = new StringBuilder();
    try {
      for (int next = client.getInputStream().read();
          next >= 0 && next != '\r';
          next = client.getInputStream().read()) {
        line.append((char) next);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return line.toString();
  }
}
