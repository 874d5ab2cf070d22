package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.transport.FrameReader.Item;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A connection on blocking I/O: one thread reads, one writes, and everything else happens on the
 * loop.
 */
final class BlockingConnection implements Connection {
  private enum State {
    OPEN,
    CLOSING,
    ENDED
  }

  record Prepared(ByteBuffer utf8, boolean compressible) implements PreparedMessage {
    @Override
    public int size() {
      return utf8.remaining();
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private final EventLoop loop;
  private final Socket socket;
  private final TransportSettings settings;
  private final InputStream in;
  private final FrameWriter writer;
  private final Runnable onEnded;
  private final Set<Fault> faults;
  private final Optional<Deflation> deflation;

  /** The reader waits for it after each message, so that it never reads ahead of the demand. */
  private final Semaphore taken = new Semaphore(0);

  // Confined to the reading thread.
  private byte[] heldPong;
  private int messagesRead;

  // Confined to the loop.
  private ConnectionListener listener;
  private State state = State.OPEN;
  private CloseStatus status = CloseStatus.ABNORMAL;
  private Item.Message waiting;
  private long credit;
  private long lost;
  private boolean peerDone;
  private boolean streamEnded;
  private boolean outputEnded;
  private boolean stallTimerRuns;
  private Backpressure level = Backpressure.CLEAR;

  BlockingConnection(
      EventLoop loop,
      Socket socket,
      InputStream in,
      TransportSettings settings,
      Set<Fault> faults,
      Optional<Deflation> deflation,
      Runnable onEnded)
      throws IOException {
    this.loop = loop;
    this.socket = socket;
    this.settings = settings;
    this.onEnded = onEnded;
    this.faults = faults;
    this.deflation = deflation;
    this.in = new IdleWatch(in, settings, socket, this::silent);
    this.writer = new FrameWriter(socket.getOutputStream(), () -> post(this::afterWrite));
  }

  /** On the loop. */
  void open(Acceptor acceptor, Handshake handshake) {
    listener = acceptor.opened(this, handshake);
    Thread.ofVirtual().start(this::write);
    Thread.ofVirtual().start(this::read);
  }

  private void post(Runnable task) {
    var unused = loop.execute(task);
  }

  private void write() {
    try {
      writer.run();
    } catch (IOException | InterruptedException broken) {
      post(this::end);
    }
  }

  private void read() {
    FrameReader frames =
        new FrameReader(in, settings.maxMessageBytes(), faults, deflation.orElse(null));
    try {
      readItems(frames);
    } catch (IOException | InterruptedException broken) {
      post(this::endOfStream);
    }
    try {
      in.skipNBytes(Long.MAX_VALUE);
    } catch (IOException ended) {
      post(this::endOfStream);
    }
  }

  private void readItems(FrameReader frames) throws IOException, InterruptedException {
    boolean open = true;
    while (open) {
      try {
        open = read(frames.next());
      } catch (FrameReader.Violation violation) {
        post(() -> closeByOurselves(violation.status()));
        if (!faults.contains(Fault.GOES_ON_AFTER_A_VIOLATION)) {
          frames.awaitClose();
          post(this::peerDone);
          open = false;
        }
      }
    }
  }

  /** Returns whether more may come. */
  private boolean read(Item item) throws IOException, InterruptedException {
    switch (item) {
      case Item.Ping(ByteBuffer payload) -> pong(bytes(payload));
      case Item.Message message -> {
        post(() -> arrived(message));
        taken.acquire();
        if (heldPong != null) {
          writer.control(0x8A, heldPong);
          heldPong = null;
        }
        if (faults.contains(Fault.READS_AHEAD_AND_FORGETS) && ++messagesRead % 100 == 0) {
          in.skipNBytes(in.available());
        }
      }
      case Item.Close(CloseStatus said) -> {
        post(() -> peerCloses(said));
        return faults.contains(Fault.GOES_ON_AFTER_CLOSE);
      }
    }
    return true;
  }

  private void pong(byte[] payload) {
    if (faults.contains(Fault.PONGS_AFTER_THE_MESSAGE)) {
      heldPong = payload;
    } else if (faults.contains(Fault.PONGS_WITHOUT_PAYLOAD)) {
      writer.control(0x8A, new byte[0]);
    } else if (!faults.contains(Fault.PONGS_NOTHING)) {
      writer.control(0x8A, payload);
    }
  }

  private void silent(boolean tooLong) {
    if (tooLong) {
      post(() -> closeByOurselves(new CloseStatus(1001, "Idle timeout")));
    } else {
      writer.control(0x89, new byte[0]);
    }
  }

  private void arrived(Item.Message message) {
    waiting = message;
    deliver();
  }

  private void deliver() {
    Item.Message next = waiting;
    if (next == null || (credit == 0 && state == State.OPEN)) {
      return;
    }
    waiting = null;
    taken.release();
    if (state == State.OPEN) {
      credit--;
      call(to -> to.onMessage(next.kind(), next.payload()));
    }
  }

  private void peerCloses(CloseStatus said) {
    if (state == State.OPEN) {
      boolean wrong = faults.contains(Fault.ANSWERS_CLOSE_WITH_1000);
      beginClose(wrong ? new CloseStatus(1000, "") : said, Pending.FLUSH);
      call(to -> to.onClosing(said));
    }
    peerDone();
  }

  private void peerDone() {
    peerDone = true;
    endIfDone();
  }

  private void closeByOurselves(CloseStatus reason) {
    if (state == State.OPEN) {
      beginClose(reason, Pending.FLUSH);
      call(to -> to.onClosing(reason));
    }
  }

  private void endOfStream() {
    streamEnded = true;
    if (state == State.OPEN) {
      end();
    } else {
      peerDone();
    }
  }

  private void beginClose(CloseStatus reason, Pending pending) {
    state = State.CLOSING;
    status = reason;
    if (pending == Pending.DISCARD) {
      lost += writer.discard();
    }
    byte[] text = reason.reason().getBytes(StandardCharsets.UTF_8);
    writer.control(
        0x88,
        reason.code() == CloseStatus.NO_STATUS.code()
            ? new byte[0]
            : ByteBuffer.allocate(2 + text.length)
                .putShort((short) reason.code())
                .put(text)
                .array());
    loop.after(settings.closeTimeout(), this::end);
    deliver();
  }

  /** Closing with unread input would destroy what was sent, so the stream's end is waited for. */
  private void endIfDone() {
    if (!peerDone || state != State.CLOSING || !writer.isEmpty()) {
      return;
    }
    if (streamEnded) {
      end();
    } else if (!outputEnded) {
      outputEnded = true;
      try {
        socket.shutdownOutput();
      } catch (IOException broken) {
        end();
      }
    }
  }

  void end() {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    long told = lost + writer.messages();
    writer.end();
    taken.release();
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      assert socket.isClosed();
    }
    onEnded.run();
    call(to -> to.onClosed(status, told));
  }

  private void afterWrite() {
    if (state != State.OPEN) {
      endIfDone();
      return;
    }
    long unsent = writer.unsent();
    long limit = settings.backpressureLimit();
    boolean low = unsent <= limit / 4;
    boolean free = level == Backpressure.CLEAR || level == Backpressure.HIGH;
    if (low) {
      report(Backpressure.CLEAR);
    } else if (free && unsent > limit && writer.messages() > 1) {
      report(Backpressure.OVER_LIMIT);
    } else if (free && unsent > limit / 2) {
      report(Backpressure.HIGH);
    }
    if (unsent > 0 && !stallTimerRuns) {
      watchForStall(writer.taken());
    }
  }

  private void watchForStall(long takenBefore) {
    stallTimerRuns = true;
    loop.after(
        settings.stallTimeout(),
        () -> {
          stallTimerRuns = false;
          if (state == State.OPEN && writer.unsent() > 0) {
            if (writer.taken() == takenBefore && level != Backpressure.OVER_LIMIT) {
              report(Backpressure.STALLED);
            }
            watchForStall(writer.taken());
          }
        });
  }

  private void report(Backpressure next) {
    if (next != level) {
      level = next;
      call(to -> to.onBackpressure(next));
    }
  }

  private void call(Consumer<ConnectionListener> callback) {
    try {
      callback.accept(listener);
    } catch (RuntimeException thrown) {
      closeByOurselves(CloseStatus.INTERNAL_ERROR);
    }
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void send(PreparedMessage message, Flush flush) {
    if (state == State.OPEN) {
      Prepared prepared = (Prepared) message;
      byte[] text = bytes(prepared.utf8());
      deflation
          .filter(by -> by.compresses(settings, prepared))
          .ifPresentOrElse(
              by -> writer.message(0xC1, by.deflate(text)), () -> writer.message(0x81, text));
      post(this::afterWrite);
    } else {
      lost++;
    }
  }

  @Override
  public void demand(int messages) {
    credit += messages;
    post(this::deliver);
  }

  @Override
  public void close(CloseStatus reason, Pending pending) {
    if (!reason.sendable()) {
      throw new IllegalArgumentException("not to be sent: " + reason);
    }
    if (state == State.OPEN) {
      beginClose(reason, pending);
    }
  }

  @Override
  public void abort() {
    if (state == State.OPEN) {
      state = State.CLOSING;
    }
    post(this::end);
  }

  @Override
  public long queuedBytes() {
    return writer.unsent();
  }

  /** Reads, and notices silence: the socket's time-out is half of the idle time-out. */
  private static final class IdleWatch extends FilterInputStream {
    private final boolean pings;
    private final Consumer<Boolean> silent;
    private int silences;

    IdleWatch(InputStream in, TransportSettings settings, Socket socket, Consumer<Boolean> silent)
        throws IOException {
      super(in);
      this.pings = settings.sendPings();
      this.silent = silent;
      Duration half = settings.idleTimeout().dividedBy(2);
      socket.setSoTimeout((int) half.toMillis());
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      while (true) {
        try {
          int count = super.read(into, offset, length);
          silences = 0;
          return count;
        } catch (SocketTimeoutException silence) {
          silences++;
          if (silences == 2 || (pings && silences == 1)) {
            silent.accept(silences == 2);
          }
        }
      }
    }
  }
}
