package dev.roomcast.undertow.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.conduits.AbstractStreamSourceConduit;

@Timeout(30)
class XnioPipeTest {
  private final Queue<RecordingListener> opened = new ConcurrentLinkedQueue<>();
  PipeServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        newServer(
            pipe -> {
              RecordingListener listener = new RecordingListener(pipe);
              opened.add(listener);
              return listener;
            });
  }

  PipeServer newServer(Function<BytePipe, PipeListener> opener) throws IOException {
    return new PipeServer(opener);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
  }

  @Test
  void readsOnlyWhileAsked() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      client.getOutputStream().write("one".getBytes(US_ASCII));
      lookAtInput();
      assertThat(listener.bytes()).isEmpty();

      onLoop(() -> listener.pipe.wantRead(true));
      await().until(() -> listener.bytes().length == 3);

      onLoop(() -> listener.pipe.wantRead(false));
      client.getOutputStream().write("two".getBytes(US_ASCII));
      lookAtInput();
      assertThat(listener.bytes()).hasSize(3);

      onLoop(() -> listener.pipe.wantRead(true));
      await().until(() -> listener.bytes().length == 6);
      assertThat(listener.bytes()).isEqualTo("onetwo".getBytes(US_ASCII));
    }
  }

  /** As after an upgrade: for bytes that came with the request, a wake-up is queued as a task. */
  @Test
  void readsNothingOnAWakeUpThatItNoLongerWants() throws Exception {
    server.betweenIn =
        socket ->
            new AbstractStreamSourceConduit<>(socket) {
              @Override
              public void resumeReads() {
                next.wakeupReads();
              }
            };
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      client.getOutputStream().write("one".getBytes(US_ASCII));
      lookAtInput();
      onLoop(
          () -> {
            listener.pipe.wantRead(true);
            listener.pipe.wantRead(false);
          });
      lookAtInput();
      assertThat(listener.bytes()).isEmpty();

      onLoop(() -> listener.pipe.wantRead(true));
      await().until(() -> listener.bytes().length == 3);
    }
  }

  @Test
  void readsABoundedPartPerTurn() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      client.getOutputStream().write(new byte[300_000]);
      onLoop(() -> listener.pipe.wantRead(true));
      await().until(() -> listener.bytes().length == 300_000);
      assertThat(listener.largestRead()).isLessThanOrEqualTo(64 * 1024);
    }
  }

  @Test
  void tellsThatItMayWriteOnceThePeerReadsAndNotBefore() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      long written = fill(listener.pipe);
      onLoop(() -> listener.pipe.wantWrite(true));
      for (int i = 0; i < 100; i++) {
        lookAtInput();
      }
      assertThat(listener.events()).isEmpty();

      Thread reader = Thread.startVirtualThread(() -> skip(client, written));
      await().until(() -> listener.events().contains("writable"));
      reader.join();
      onLoop(() -> listener.pipe.wantWrite(false));
      lookAtInput();
      int told = listener.events().size();
      for (int i = 0; i < 100; i++) {
        lookAtInput();
      }
      assertThat(listener.events()).hasSize(told);
    }
  }

  @Test
  void tellsTheEndOfTheStreamOnce() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      onLoop(() -> listener.pipe.wantRead(true));
      client.shutdownOutput();
      await().until(() -> listener.events().equals(List.of("end")));
      onLoop(() -> listener.pipe.wantRead(false));
      onLoop(() -> listener.pipe.wantRead(true));
      lookAtInput();
      assertThat(listener.events()).containsExactly("end");

      onLoop(() -> write(listener.pipe, "still open"));
      assertThat(client.getInputStream().readNBytes(10)).asString().isEqualTo("still open");
    }
  }

  @Test
  void closesAtOnceAfterTheEndOfTheStream() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      onLoop(() -> listener.pipe.wantRead(true));
      client.shutdownOutput();
      await().until(() -> listener.events().equals(List.of("end")));
      onLoop(
          () -> {
            write(listener.pipe, "bye");
            listener.pipe.closeAfterFlush();
          });
      await().until(() -> listener.events().equals(List.of("end", "closed")));
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("bye");
    }
  }

  @Test
  void losesNothingThatWasWrittenWhenItClosesWhileThePeerKeepsSending() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      Thread sender = Thread.startVirtualThread(() -> sendUntilRefused(client));
      long written = fill(listener.pipe);
      onLoop(
          () -> {
            listener.pipe.closeAfterFlush();
            listener.pipe.closeAfterFlush();
          });
      assertThat(skip(client, Long.MAX_VALUE)).isEqualTo(written);
      client.shutdownOutput();
      sender.join();
      await().until(() -> listener.events().size() == 1);
      lookAtInput();
      assertThat(listener.events()).hasSize(1);
    }
  }

  @Test
  void waitsForThePeerToCloseUntilItIsAborted() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      onLoop(listener.pipe::closeAfterFlush);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
      lookAtInput();
      assertThat(listener.events()).isEmpty();

      onLoop(listener.pipe::abort);
      await().until(() -> listener.events().equals(List.of("closed")));
    }
  }

  @Test
  void sendsOnByItselfWhatTlsHolds() throws Exception {
    server.between = HoldingConduit::new;
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      onLoop(
          () -> {
            write(listener.pipe, "one");
            listener.pipe.wantWrite(false);
          });
      assertThat(client.getInputStream().readNBytes(3)).asString().isEqualTo("one");
      onLoop(
          () -> {
            write(listener.pipe, "two");
            listener.pipe.closeAfterFlush();
          });
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("two");
      assertThat(listener.events()).isEmpty();
    }
  }

  @Test
  void abortsAtOnceAndTellsItLater() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      fill(listener.pipe);
      List<String> toldInside =
          server.threads.onLoop(
              () -> {
                listener.pipe.abort();
                listener.pipe.abort();
                return listener.events();
              });
      assertThat(toldInside).isEmpty();
      await().until(() -> listener.events().equals(List.of("closed")));
      assertThatThrownBy(() -> skip(client, Long.MAX_VALUE))
          .hasCauseInstanceOf(SocketException.class);
      lookAtInput();
      assertThat(listener.events()).containsExactly("closed");
    }
  }

  @Test
  void tellsOnceThatThePeerBrokeTheConnection() throws Exception {
    Socket client = server.connect();
    RecordingListener listener = opened();
    onLoop(() -> listener.pipe.wantRead(true));
    reset(client);
    await().until(() -> listener.events().equals(List.of("broken")));
    onLoop(listener.pipe::abort);
    lookAtInput();
    assertThat(listener.events()).containsExactly("broken");
  }

  @Test
  void findsByWritingThatThePeerBrokeTheConnection() throws Exception {
    Socket client = server.connect();
    RecordingListener listener = opened();
    reset(client);
    lookAtInput();
    assertThat(listener.events()).isEmpty();

    assertThatThrownBy(() -> onLoop(() -> write(listener.pipe, "anybody there?")))
        .hasRootCauseInstanceOf(IOException.class);
    await().until(() -> listener.events().equals(List.of("broken")));
  }

  @Test
  void endsWithItsLoop() throws Exception {
    try (Socket first = server.connect();
        Socket second = server.connect()) {
      await().until(() -> opened.size() == 2);
      server.threads.loops.close();
      assertThat(opened)
          .allSatisfy(listener -> assertThat(listener.events()).containsExactly("closed"));
      assertThat(first.isConnected() && second.isConnected()).isTrue();
    }
  }

  @Test
  void endsWhenXnioShutsDown() throws Exception {
    try (Socket client = server.connect()) {
      RecordingListener listener = opened();
      server.threads.stop();
      assertThat(listener.events()).containsExactly("closed");
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** In the order in which they were opened. */
  List<RecordingListener> everybody() {
    return List.copyOf(opened);
  }

  RecordingListener opened() {
    await().until(() -> !opened.isEmpty());
    return opened.element();
  }

  void onLoop(Runnable action) {
    server.threads.onLoop(action);
  }

  /** Returns after the loop has selected once more, and served what was ready. */
  void lookAtInput() {
    CompletableFuture<Void> looked = new CompletableFuture<>();
    onLoop(() -> server.threads.loop.executeAfterIo(() -> looked.complete(null)));
    looked.join();
  }

  static void write(BytePipe pipe, String text) {
    try {
      pipe.write(ByteBuffer.allocateDirect(64).put(text.getBytes(US_ASCII)).flip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes until the socket takes no more; returns how much that was. */
  long fill(BytePipe pipe) {
    return server.threads.onLoop(
        () -> {
          ByteBuffer chunk = ByteBuffer.allocateDirect(64 * 1024);
          long written = 0;
          try {
            int taken;
            do {
              taken = pipe.write(chunk.clear());
              written += taken;
            } while (taken > 0);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return written;
        });
  }

  /** Reads until the end or so many bytes; returns how many came. */
  static long skip(Socket client, long atMost) {
    try {
      InputStream in = client.getInputStream();
      byte[] buffer = new byte[64 * 1024];
      long came = 0;
      int read;
      while (came < atMost && (read = in.read(buffer)) >= 0) {
        came += read;
      }
      return came;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sendUntilRefused(Socket client) {
    try {
      OutputStream out = client.getOutputStream();
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException refused) {
      // The test has read everything and closed.
    }
  }

  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }
}
