package dev.roomcast.undertow.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.testkit.tls.TlsStream;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same through TLS, and what only TLS does. */
@Timeout(30)
final class XnioPipeTlsTest extends XnioPipeTest {
  private static final TestCertificate CERTIFICATE = TestCertificate.shared();

  @Override
  PipeServer newServer(Function<BytePipe, PipeListener> opener) throws IOException {
    return new PipeServer(opener, CERTIFICATE);
  }

  @Test
  void takesAsManyRecordsAsTheSocketTakes() throws Exception {
    try (Socket client = server.connect()) {
      BytePipe pipe = opened().pipe;
      int taken = server.threads.onLoop(() -> write(pipe, ByteBuffer.allocateDirect(64 * 1024)));

      assertThat(taken).isEqualTo(64 * 1024);
      assertThat(skip(client, taken)).isEqualTo(taken);
    }
  }

  @Test
  void sendsTheRecordThatTheSocketDidNotTakeThoughNobodyAsks() throws Exception {
    try (Socket client = server.connect()) {
      long written = fill(opened().pipe);

      assertThat(skip(client, written)).isEqualTo(written);
    }
  }

  /** Without a word of that the peer would see a truncated stream (RFC 8446 section 6.1). */
  @Test
  void closesBehindTheRecordThatTheSocketDidNotTake() throws Exception {
    try (Socket client = server.connect()) {
      BytePipe pipe = opened().pipe;
      long written = fill(pipe);
      onLoop(pipe::closeAfterFlush);

      TlsStream all = TlsStream.readToTheEnd(((TlsClient) client).below.getInputStream());
      assertThat(all.bytes()).isGreaterThan(written);
      assertThat(all.saysThatItEnds()).isTrue();
    }
  }

  @Test
  void deliversWhatCameBeforeTheEnd() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      CountDownLatch sent = new CountDownLatch(1);
      server.threads.loop.execute(() -> wait(sent));
      for (int i = 0; i < 100; i++) {
        client.getOutputStream().write('x');
      }
      client.shutdownOutput();
      sent.countDown();
      onLoop(() -> listener.pipe.wantRead(true));

      await().until(() -> listener.events().equals(List.of("end")));
      assertThat(listener.bytes()).hasSize(100);
    }
  }

  @Test
  void deliversWhatItHasReadAlreadyThoughNothingMoreComes() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      client.getOutputStream().write(new byte[300_000]);
      for (int expected = 1; expected <= 300_000; expected = listener.bytes().length + 1) {
        int atLeast = expected;
        onLoop(() -> listener.pipe.wantRead(true));
        await().until(() -> listener.bytes().length >= atLeast);
        onLoop(() -> listener.pipe.wantRead(false));
      }

      assertThat(listener.bytes()).hasSize(300_000);
    }
  }

  /** XNIO runs tasks until none is left, and TLS reads on in tasks. */
  @Test
  void letsOthersReadWhileOnePeerNeverStopsSending() throws Exception {
    try (Socket flooder = server.connect();
        Socket other = server.connect()) {
      await().until(() -> everybody().size() == 2);
      RecordingListener flooded = everybody().getFirst();
      RecordingListener quiet = everybody().getLast();
      CountDownLatch sent = new CountDownLatch(1);
      server.threads.loop.execute(() -> wait(sent));
      onLoopLater(
          () -> {
            flooded.pipe.wantRead(true);
            quiet.pipe.wantRead(true);
          });
      CompletableFuture<Integer> before = new CompletableFuture<>();
      onLoopLater(() -> afterBytesOf(quiet, () -> before.complete(flooded.bytes().length)));
      // Less than the kernel keeps for a server that does not read.
      sendSmall(flooder, 10_000);
      other.getOutputStream().write('x');
      sent.countDown();

      assertThat(before.join()).isLessThan(200_000);
      await().until(() -> flooded.bytes().length == 10_000 * 40);
    }
  }

  private void onLoopLater(Runnable action) {
    assertThat(server.threads.loop.execute(action)).isTrue();
  }

  private void afterBytesOf(RecordingListener listener, Runnable action) {
    if (listener.bytes().length > 0) {
      action.run();
    } else {
      server.threads.loop.executeAfterIo(() -> afterBytesOf(listener, action));
    }
  }

  private static void sendSmall(Socket client, int records) {
    try {
      OutputStream out = client.getOutputStream();
      for (int i = 0; i < records; i++) {
        out.write(new byte[40]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void goesOnWhenThePeerChangesItsKeys() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      onLoop(() -> listener.pipe.wantRead(true));
      for (int round = 1; round <= 20; round++) {
        // After the handshake this asks for new keys in both directions (RFC 8446 section 4.6.3).
        ((TlsClient) client).tls.startHandshake();
        client.getOutputStream().write('x');
        int expected = round;
        await().until(() -> listener.bytes().length == expected);
        onLoop(() -> write(listener.pipe, "y"));
        assertThat(client.getInputStream().read()).isEqualTo('y');
      }
    }
  }

  @Test
  void tellsThatAPeerBroke() throws Exception {
    Socket client = server.connect();
    RecordingListener listener = opened();
    onLoop(() -> listener.pipe.wantRead(true));
    client.getOutputStream().write("x".getBytes(US_ASCII));
    await().until(() -> listener.bytes().length == 1);
    ((TlsClient) client).below.getOutputStream().write(new byte[] {23, 3, 3, 0, 4, 1, 2, 3, 4});

    await().until(() -> listener.events().equals(List.of("broken")));
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int write(BytePipe pipe, ByteBuffer bytes) {
    try {
      return pipe.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
