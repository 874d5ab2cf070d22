package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.Acceptor;
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
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
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

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private final EventLoop loop;
  private final Socket socket;
  private final TransportSettings settings;
  private final FrameWriter writer;
  private final Runnable onEnded;
  private final Set<Fault> faults;
  private final Optional<Deflation> deflation;
  private final BlockingReader reader;
  private final BacklogWatch backlog;

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
    writer = new FrameWriter(socket.getOutputStream(), () -> post(this::afterWrite));
    InputStream watched = new IdleWatch(in, settings, socket, this::silent);
    reader = new BlockingReader(this, watched, writer, settings, faults, deflation);
    backlog =
        new BacklogWatch(
            loop,
            writer,
            settings,
            () -> state == State.OPEN,
            level -> call(to -> to.onBackpressure(level)));
  }

  /** On the loop. */
  void open(Acceptor acceptor, Handshake handshake) {
    listener = acceptor.opened(this, handshake);
    Thread.ofVirtual().start(this::write);
    Thread.ofVirtual().start(reader);
  }

  void post(Runnable task) {
    var unused = loop.execute(task);
  }

  private void write() {
    try {
      writer.run();
    } catch (IOException | InterruptedException broken) {
      post(this::end);
    }
  }

  private void silent(boolean tooLong) {
    if (tooLong) {
      post(() -> closeByOurselves(new CloseStatus(1001, "Idle timeout")));
    } else {
      writer.control(0x89, new byte[0]);
    }
  }

  void arrived(Item.Message message) {
    waiting = message;
    deliver();
  }

  private void deliver() {
    Item.Message next = waiting;
    if (next == null || (credit == 0 && state == State.OPEN)) {
      return;
    }
    waiting = null;
    reader.goOn();
    if (state == State.OPEN) {
      credit--;
      call(to -> to.onMessage(next.kind(), next.payload()));
    }
  }

  void peerCloses(CloseStatus said) {
    if (state == State.OPEN) {
      boolean wrong = faults.contains(Fault.ANSWERS_CLOSE_WITH_1000);
      beginClose(wrong ? new CloseStatus(1000, "") : said, Pending.FLUSH);
      call(to -> to.onClosing(said));
    }
    peerDone();
  }

  void peerDone() {
    peerDone = true;
    endIfDone();
  }

  void closeByOurselves(CloseStatus reason) {
    if (state == State.OPEN) {
      beginClose(reason, Pending.FLUSH);
      call(to -> to.onClosing(reason));
    }
  }

  void endOfStream() {
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
    reader.goOn();
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
    backlog.look();
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
}
