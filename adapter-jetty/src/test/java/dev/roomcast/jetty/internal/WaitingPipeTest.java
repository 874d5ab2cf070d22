package dev.roomcast.jetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.testkit.tls.TlsStream;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A loop that waits for a peer waits, and does not spin: counted in its turns, of which a spinning
 * one makes tens of thousands in the time that these tests look.
 */
@Timeout(60)
final class WaitingPipeTest {
  private static final Duration OBSERVED = Duration.ofMillis(250);
  private static final long FEW = 50;

  private static final TestCertificate CERTIFICATE = TestCertificate.shared();

  /** Whose connector it is, and what is below the pipe. */
  enum Place {
    OWN,
    OWN_TLS,
    FOREIGN,
    FOREIGN_TLS;

    boolean secure() {
      return this == OWN_TLS || this == FOREIGN_TLS;
    }

    PipeServer server(Function<BytePipe, PipeListener> opener) throws Exception {
      SSLContext tls = secure() ? CERTIFICATE.server() : null;
      return this == OWN || this == OWN_TLS
          ? PipeServer.own(opener, tls)
          : PipeServer.foreign(opener, tls);
    }
  }

  /** Writes zeros whenever it may, and counts what it reads. */
  private static final class Flood implements PipeListener {
    final BytePipe pipe;
    volatile long read;
    volatile long written;
    volatile boolean ended;

    /** Confined to the loop. */
    boolean on = true;

    Flood(BytePipe pipe) {
      this.pipe = pipe;
    }

    @Override
    public void onBytes(ByteBuffer borrowed) {
      long before = read;
      read = before + borrowed.remaining();
      borrowed.position(borrowed.limit());
    }

    @Override
    public void onEnd() {
      ended = true;
    }

    @Override
    public void onWritable() {
      while (on && write(ByteBuffer.allocateDirect(64 * 1024)) > 0) {
        // Until it takes nothing.
      }
      pipe.wantWrite(on);
    }

    int write(ByteBuffer direct) {
      try {
        int taken = pipe.write(direct);
        long before = written;
        written = before + taken;
        return taken;
      } catch (IOException ended) {
        // The test is over; a pipe that broke before fails it by what does not come.
        return 0;
      }
    }

    @Override
    public void onClosed(@Nullable Throwable cause) {}

    <T> T ask(Supplier<T> onLoop) {
      return CompletableFuture.supplyAsync(
              onLoop, task -> assertThat(pipe.loop().execute(task)).isTrue())
          .join();
    }

    void run(Runnable onLoop) {
      ask(
          () -> {
            onLoop.run();
            return true;
          });
    }

    /** A kernel makes room by itself while it moves bytes from one buffer to the other. */
    void fill() {
      run(this::onWritable);
      await()
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                long before = written;
                run(this::onWritable);
                return written == before;
              });
    }

    /** How many turns its loop makes while this test looks, by a timer of that loop. */
    long turns() {
      JettyLoop loop = (JettyLoop) pipe.loop();
      CompletableFuture<Long> made = new CompletableFuture<>();
      run(
          () -> {
            long before = loop.turns().turnsMade();
            loop.after(OBSERVED, () -> made.complete(loop.turns().turnsMade() - before));
          });
      return made.join();
    }
  }

  /** Ends without a word of TLS, for which the JDK's own would wait. */
  private record Client(Socket below, Socket secured) implements AutoCloseable {

    static Client of(PipeServer server, Place place) throws IOException {
      return of(server, place, "TLSv1.3");
    }

    static Client of(PipeServer server, Place place, String protocol) throws IOException {
      Socket below = new Socket();
      // So that the server feels early that nobody reads.
      below.setReceiveBufferSize(8 * 1024);
      below.setSoTimeout(20_000);
      below.connect(server.address());
      if (!place.secure()) {
        return new Client(below, below);
      }
      SSLSocketFactory tls = CERTIFICATE.client().getSocketFactory();
      SSLSocket secured =
          (SSLSocket)
              tls.createSocket(
                  below, "localhost", server.address().getPort(), /* autoClose= */ true);
      secured.setEnabledProtocols(new String[] {protocol});
      secured.getOutputStream().write(1);
      return new Client(below, secured);
    }

    void write(byte[] bytes) throws IOException {
      secured.getOutputStream().write(bytes);
    }

    /** After the handshake of TLS 1.2 this says hello again, and does not wait for the answer. */
    void beginAnotherHandshake() throws IOException {
      ((SSLSocket) secured).startHandshake();
    }

    boolean answered() throws IOException {
      return below.getInputStream().available() > 0;
    }

    void readUpTo(int last) {
      byte[] some = new byte[64 * 1024];
      try {
        for (int read = 1; some[read - 1] != last; ) {
          read = secured.getInputStream().read(some);
          assertThat(read).isPositive();
        }
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }

    @Override
    public void close() throws IOException {
      below.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void makesNoTurnsForAPeerThatReadsNothing(Place place) throws Exception {
    CompletableFuture<Flood> opened = new CompletableFuture<>();
    try (PipeServer server = place.server(opening(opened));
        Client client = Client.of(server, place)) {
      Flood flood = opened.join();
      flood.run(() -> flood.pipe.wantRead(true));
      flood.fill();

      assertWaits(flood);
      assertThat(client.below().isClosed()).isFalse();
    }
  }

  /**
   * TLS cannot read on before its own answer has left (RFC 8446 section 4.6.3), and that has to
   * wait behind what the peer does not read.
   */
  @ParameterizedTest
  @EnumSource(names = {"OWN_TLS", "FOREIGN_TLS"})
  void makesNoTurnsForAPeerThatChangesItsKeysAndReadsNothing(Place place) throws Exception {
    int sent = 60_000;
    CompletableFuture<Flood> opened = new CompletableFuture<>();
    try (PipeServer server = place.server(opening(opened));
        Client client = Client.of(server, place)) {
      Flood flood = opened.join();
      flood.fill();
      // After the handshake this asks for new keys in both directions.
      ((SSLSocket) client.secured()).startHandshake();
      client.write(new byte[sent]);
      flood.run(() -> flood.pipe.wantRead(true));
      assertWaits(flood);

      CompletableFuture<Void> last = CompletableFuture.runAsync(() -> client.readUpTo('x'));
      await().until(() -> flood.read == sent);
      flood.run(() -> flood.on = false);
      await().until(() -> flood.ask(() -> flood.write(last())) == 1);
      last.join();
    }
  }

  /** Until it is over TLS sends nothing else, and only the peer can end it (RFC 5246 7.4.1.1). */
  @ParameterizedTest
  @EnumSource(names = {"OWN_TLS", "FOREIGN_TLS"})
  void makesNoTurnsForAPeerThatBeginsAnotherHandshakeAndStops(Place place) throws Exception {
    CompletableFuture<Flood> opened = new CompletableFuture<>();
    try (PipeServer server = place.server(opening(opened));
        Client client = Client.of(server, place, "TLSv1.2")) {
      Flood flood = opened.join();
      flood.run(() -> flood.pipe.wantRead(true));
      client.beginAnotherHandshake();
      await().until(() -> flood.ended || client.answered());

      flood.run(flood::onWritable);
      assertWaits(flood);
    }
  }

  /** Each costs as much as a connection, and no limit counts it. */
  @Test
  void endsThePeerThatBeginsAnotherHandshake() throws Exception {
    CompletableFuture<Flood> opened = new CompletableFuture<>();
    try (PipeServer server = Place.OWN_TLS.server(opening(opened));
        Client client = Client.of(server, Place.OWN_TLS, "TLSv1.2")) {
      Flood flood = opened.join();
      flood.run(() -> flood.pipe.wantRead(true));
      client.beginAnotherHandshake();

      await().until(() -> flood.ended);
    }
  }

  /** Without that the peer would see a truncated stream (RFC 8446 section 6.1). */
  @ParameterizedTest
  @EnumSource(names = {"OWN_TLS", "FOREIGN_TLS"})
  void saysThatItEndsBehindWhatThePeerDidNotRead(Place place) throws Exception {
    CompletableFuture<Flood> opened = new CompletableFuture<>();
    try (PipeServer server = place.server(opening(opened));
        Client client = Client.of(server, place)) {
      Flood flood = opened.join();
      flood.fill();
      flood.run(flood.pipe::closeAfterFlush);

      assertThat(TlsStream.readToTheEnd(client.below().getInputStream()).saysThatItEnds()).isTrue();
    }
  }

  private static ByteBuffer last() {
    return ByteBuffer.allocateDirect(1).put((byte) 'x').flip();
  }

  private static Function<BytePipe, PipeListener> opening(CompletableFuture<Flood> opened) {
    return pipe -> {
      Flood flood = new Flood(pipe);
      opened.complete(flood);
      return flood;
    };
  }

  /**
   * The first look may still see the kernel move bytes. One turn is the timer's by which it looks.
   */
  private static void assertWaits(Flood flood) {
    await().until(flood::turns, turns -> turns > 0 && turns < FEW);
  }
}
