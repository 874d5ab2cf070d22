package dev.roomcast.simulation.pipe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import dev.roomcast.wire.PipeLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link BytePipe} and {@link PipeLoop} must do; each test bears the rule of the SPI
 * that it checks. What a loop owes besides, L01 to L06, is in the contract of transports.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class PipeContract {
  /** More than any kernel takes for a peer that does not read. */
  private static final long MOST = 64L * 1024 * 1024;

  private final BlockingQueue<HeardPipe> opened = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new ArrayList<>();
  private @Nullable PipeListening listening;

  /** For subclasses. */
  protected PipeContract() {}

  /**
   * Listens on an ephemeral port of the loopback address.
   *
   * @param opener called on the loop with each pipe; makes its listener
   */
  protected abstract PipeListening listen(Function<BytePipe, PipeListener> opener) throws Exception;

  /** How long something that must happen may take; the time a failing test costs. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    if (listening != null) {
      listening.close();
    }
  }

  @Test
  void required_W01_endsATurnAfterWhatIsQueued() throws Exception {
    HeardPipe end = open();
    List<String> order = new ArrayList<>();
    end.run(
        () -> {
          PipeLoop loop = end.pipe().loop();
          loop.execute(() -> order.add("queued before"));
          loop.atTurnEnd(() -> order.add("end of the turn"));
          order.add("caller");
        });
    turns(end, 2);

    assertThat(order).containsExactly("caller", "queued before", "end of the turn");
  }

  @Test
  void required_W01_endsOneTurnAfterTheOtherWithoutWaiting() throws Exception {
    HeardPipe end = open();
    PipeLoop loop = end.pipe().loop();
    CompletableFuture<Boolean> apart = new CompletableFuture<>();
    end.run(
        () ->
            loop.atTurnEnd(
                () -> {
                  List<String> order = new ArrayList<>();
                  loop.atTurnEnd(() -> apart.complete(order.equals(List.of("returned", "task"))));
                  loop.execute(() -> order.add("task"));
                  order.add("returned");
                }));

    assertThat(apart.get(patience().toMillis(), TimeUnit.MILLISECONDS)).isTrue();
  }

  @Test
  void required_W02_takesWhatTheSocketTakes() throws Exception {
    HeardPipe end = open();
    long written = fill(end);
    assertThat(written).isBetween(1L, MOST - 1);

    assertThat(read(clients.getFirst(), written)).isEqualTo(written);
  }

  @Test
  void required_W03_tellsThatItMayWriteOnceItMay() throws Exception {
    HeardPipe end = open();
    long written = fill(end);
    while (written < MOST && isTold(end)) {
      // A kernel may make room by itself, and late where the machine is busy.
      long more = fill(end);
      assertThat(more).as("told while the socket takes nothing").isPositive();
      written += more;
    }

    long before = end.writables();
    end.run(() -> end.pipe().wantWrite(true));
    assertThat(read(clients.getFirst(), written)).isEqualTo(written);
    eventually(() -> end.writables() > before);
    end.run(() -> end.pipe().wantWrite(false));
    turns(end, 2);
    long told = end.writables();
    turns(end, 100);
    assertThat(end.writables()).as("told while nobody asks").isEqualTo(told);
  }

  @Test
  void required_W04_readsWhileItIsAsked() throws Exception {
    HeardPipe end = open();
    send("one");
    turns(end, 20);
    assertThat(end.bytes()).as("before it was asked").isZero();

    end.run(() -> end.pipe().wantRead(true));
    eventually(() -> end.bytes() == 3);
    end.run(() -> end.pipe().wantRead(false));
    send("two");
    turns(end, 20);
    assertThat(end.bytes()).as("while nobody asks").isEqualTo(3);

    end.run(() -> end.pipe().wantRead(true));
    eventually(() -> end.bytes() == 6);
  }

  @Test
  void required_W04_tellsTheEndOfTheStreamOnce() throws Exception {
    HeardPipe end = open();
    end.run(() -> end.pipe().wantRead(true));
    clients.getFirst().shutdownOutput();
    eventually(() -> end.events().equals(List.of("end")));
    end.run(() -> end.pipe().wantRead(false));
    end.run(() -> end.pipe().wantRead(true));
    turns(end, 20);

    assertThat(end.events()).containsExactly("end");
  }

  @Test
  void required_W05_losesNothingWhenItClosesWhileThePeerSends() throws Exception {
    HeardPipe end = open();
    Socket client = clients.getFirst();
    Thread sender = Thread.startVirtualThread(() -> sendUntilRefused(client));
    long written = fill(end);
    end.run(() -> end.pipe().closeAfterFlush());
    end.run(() -> end.pipe().closeAfterFlush());

    assertThat(read(client, Long.MAX_VALUE)).isEqualTo(written);
    client.shutdownOutput();
    sender.join();
    eventually(() -> !end.events().isEmpty());
    turns(end, 20);
    assertThat(end.events()).containsExactly("closed");
  }

  @Test
  void required_W05_waitsForThePeerUntilItIsAborted() throws Exception {
    HeardPipe end = open();
    end.run(() -> end.pipe().closeAfterFlush());
    assertThat(clients.getFirst().getInputStream().read()).isEqualTo(-1);
    turns(end, 20);
    assertThat(end.events()).isEmpty();

    end.run(() -> end.pipe().abort());
    eventually(() -> end.events().equals(List.of("closed")));
  }

  @Test
  void required_W05_abortsAtOnceAndTellsItOnce() throws Exception {
    HeardPipe end = open();
    fill(end);
    end.run(
        () -> {
          end.pipe().abort();
          end.pipe().abort();
          end.pipe().closeAfterFlush();
        });
    eventually(() -> !end.events().isEmpty());
    turns(end, 20);

    assertThat(end.events()).containsExactly("closed");
  }

  private HeardPipe open() throws Exception {
    PipeListening made =
        listen(
            pipe -> {
              HeardPipe heard = new HeardPipe(pipe);
              opened.add(heard);
              return heard;
            });
    listening = made;
    Socket client = new Socket(made.address().getAddress(), made.address().getPort());
    client.setSoTimeout((int) patience().toMillis());
    clients.add(client);
    HeardPipe first = opened.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      throw new AssertionError("no pipe was opened");
    }
    return first;
  }

  /** Whether it is told that it may write, if it asks for some turns. */
  private static boolean isTold(HeardPipe end) {
    long before = end.writables();
    end.run(() -> end.pipe().wantWrite(true));
    turns(end, 100);
    end.run(() -> end.pipe().wantWrite(false));
    turns(end, 2);
    return end.writables() > before;
  }

  /** Writes until the socket takes nothing more; returns how much it took. */
  private static long fill(HeardPipe end) {
    long written = 0;
    int refusals = 0;
    // A kernel may make room by itself while it moves bytes from one buffer to the other.
    while (refusals < 20 && written < MOST) {
      long taken = end.ask(() -> writeOnce(end.pipe()));
      written += taken;
      refusals = taken == 0 ? refusals + 1 : 0;
    }
    return written;
  }

  private static long writeOnce(BytePipe pipe) {
    ByteBuffer some = ByteBuffer.allocateDirect(64 * 1024);
    try {
      int taken = pipe.write(some);
      if (taken != some.position()) {
        throw new AssertionError("took " + some.position() + " and said " + taken);
      }
      return taken;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Lets the loop look for I/O so many times. */
  private static void turns(HeardPipe end, int count) {
    for (int i = 0; i < count; i++) {
      CompletableFuture<Void> looked = new CompletableFuture<>();
      end.run(
          () -> {
            if (!end.pipe().loop().executeAfterIo(() -> looked.complete(null))) {
              throw new AssertionError("the loop is closed");
            }
          });
      looked.orTimeout(20, TimeUnit.SECONDS).join();
    }
  }

  private void send(String text) throws IOException {
    clients.getFirst().getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static void sendUntilRefused(Socket client) {
    byte[] some = new byte[64 * 1024];
    try {
      while (true) {
        client.getOutputStream().write(some);
      }
    } catch (IOException ended) {
      // By the test, which ends this side.
    }
  }

  /** Reads up to the end of the stream, or so many bytes. */
  private static long read(Socket client, long most) throws IOException {
    byte[] some = new byte[64 * 1024];
    long total = 0;
    while (total < most) {
      int read = client.getInputStream().read(some, 0, (int) Math.min(some.length, most - total));
      if (read < 0) {
        break;
      }
      total += read;
    }
    return total;
  }

  private void eventually(Callable<Boolean> condition) {
    await().pollInterval(Duration.ofMillis(5)).atMost(patience()).until(condition);
  }
}
