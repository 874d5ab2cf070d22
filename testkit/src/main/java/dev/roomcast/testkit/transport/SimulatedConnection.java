package dev.roomcast.testkit.transport;

import dev.roomcast.port.codec.Utf8Validator;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.time.SimulatedLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's end of a simulated connection. Confined to its loop, and says so when it is not. */
final class SimulatedConnection implements Connection {
  private static final CloseStatus TOO_BIG = new CloseStatus(1009, "Message too big");
  private static final CloseStatus MALFORMED_TEXT = new CloseStatus(1007, "Malformed UTF-8");

  /** How much may be queued before it is offered to the socket (C09). */
  private static final long WRITE_AT = 256 * 1024;

  /** What a payload that was only lent looks like afterwards: no UTF-8. */
  private static final byte SCRIBBLE = (byte) 0xFE;

  private enum State {
    OPEN,
    CLOSING,
    ENDED
  }

  private final VirtualTime time;
  private final SimulatedTransport transport;
  private final SimulatedLoop loop;
  private final SimulatedClient client;
  private final TransportSettings settings;
  private final Consumer<SimulatedConnection> ended;
  private final Outbound outbound = new Outbound();
  private final Deque<Inbound> inbound = new ArrayDeque<>();
  private final Levels levels;
  private @Nullable ConnectionListener listener;
  private State state = State.OPEN;
  private CloseStatus status = CloseStatus.ABNORMAL;
  private long credit;
  private boolean flushAsked;
  private boolean deliveryAsked;
  private boolean peerClosed;
  private long lost;
  private long notOffered;
  private boolean stallTimerRuns;
  private long lastTakenNanos;

  SimulatedConnection(
      VirtualTime time,
      SimulatedTransport transport,
      SimulatedLoop loop,
      SimulatedClient client,
      TransportSettings settings,
      Consumer<SimulatedConnection> ended) {
    this.time = time;
    this.transport = transport;
    this.loop = loop;
    this.client = client;
    this.settings = settings;
    this.ended = ended;
    this.levels = new Levels(settings.backpressureLimit());
  }

  void tell(ConnectionListener told) {
    listener = told;
  }

  // The port's side.

  @Override
  public SimulatedLoop loop() {
    return loop;
  }

  @Override
  public void send(PreparedMessage message, Flush flush) {
    requireLoop("send");
    if (!(message instanceof SimulatedMessage simulated && simulated.isOf(transport))) {
      time.violation("T05: a message was sent that this transport has not prepared: " + message);
      return;
    }
    if (state != State.OPEN) {
      lost++;
      return;
    }
    client.handOver(simulated);
    if (outbound.isEmpty()) {
      lastTakenNanos = time.nanoTime();
    }
    outbound.add(new Outbound.Frame.Text(simulated));
    notOffered += simulated.size();
    if (notOffered >= WRITE_AT) {
      write();
    }
    askForFlush();
  }

  @Override
  public void demand(int messages) {
    requireLoop("demand");
    if (messages < 1) {
      time.violation("demand(" + messages + "), expected 1 or more");
    }
    credit += messages;
    askForDelivery();
  }

  @Override
  public void close(CloseStatus reason, Pending pending) {
    requireLoop("close");
    if (!reason.sendable()) {
      throw new IllegalArgumentException(reason.code() + " may not stand in a close frame");
    }
    beginClose(reason, pending);
  }

  @Override
  public void abort() {
    requireLoop("abort");
    if (state != State.ENDED) {
      state = State.CLOSING;
      inbound.clear();
      loop.io(this::breakOff);
    }
  }

  @Override
  public long queuedBytes() {
    requireLoop("queuedBytes");
    return outbound.unsent();
  }

  // The client's side: each call is a step of I/O on the loop.

  void arrived(Inbound next) {
    switch (state) {
      case OPEN -> {
        inbound.add(next);
        deliver();
      }
      case CLOSING -> {
        if (next instanceof Inbound.Close) {
          peerClosed = true;
          endIfDone();
        }
      }
      case ENDED -> {}
    }
  }

  /** The client took bytes, or would. */
  void writable() {
    flush();
  }

  /** The client is gone without a word. */
  void broke() {
    end(status);
  }

  void breakOff() {
    client.breakOff();
    end(status);
  }

  /** What the client sent and the core has not asked for. */
  int undelivered() {
    return inbound.size();
  }

  long credit() {
    return credit;
  }

  void askForDelivery() {
    if (!deliveryAsked) {
      deliveryAsked = true;
      loop.io(
          () -> {
            deliveryAsked = false;
            deliver();
          });
    }
  }

  private void deliver() {
    while (state == State.OPEN && !inbound.isEmpty()) {
      Inbound next = inbound.getFirst();
      switch (next) {
        case Inbound.Close(CloseStatus said) -> {
          peerClosed = true;
          beginClose(said, Pending.FLUSH);
          call(to -> to.onClosing(said));
        }
        case Inbound.Message message -> {
          Optional<CloseStatus> fault = faultOf(message);
          if (fault.isPresent()) {
            beginClose(fault.get(), Pending.FLUSH);
            call(to -> to.onClosing(status));
          } else if (credit == 0) {
            return;
          } else {
            credit--;
            inbound.removeFirst();
            lend(message);
          }
        }
      }
      if (time.chance(2) == 1) {
        // As if the rest came with a later read.
        askForDelivery();
        return;
      }
    }
  }

  private Optional<CloseStatus> faultOf(Inbound.Message message) {
    if (message.payload().remaining() > settings.maxMessageBytes()) {
      return Optional.of(TOO_BIG);
    }
    return message.kind() == MessageKind.BINARY || Utf8Validator.isValid(message.payload())
        ? Optional.empty()
        : Optional.of(MALFORMED_TEXT);
  }

  private void lend(Inbound.Message message) {
    byte[] lent = new byte[message.payload().remaining()];
    message.payload().duplicate().get(lent);
    call(to -> to.onMessage(message.kind(), ByteBuffer.wrap(lent)));
    Arrays.fill(lent, SCRIBBLE);
  }

  private void askForFlush() {
    if (!flushAsked) {
      flushAsked = true;
      loop.atTurnEnd(
          () -> {
            flushAsked = false;
            flush();
          });
    }
  }

  private void flush() {
    if (state == State.ENDED) {
      return;
    }
    boolean progressed = write();
    if (state == State.OPEN) {
      levels.afterWrite(outbound, progressed).ifPresent(this::report);
      watchForStall();
    } else {
      endIfDone();
    }
  }

  private boolean write() {
    notOffered = 0;
    boolean progressed = outbound.writeTo(client);
    if (progressed) {
      lastTakenNanos = time.nanoTime();
    }
    return progressed;
  }

  /** A close is over once the peer has said its own and has got all of ours. */
  private void endIfDone() {
    if (peerClosed && outbound.isEmpty()) {
      end(status);
    }
  }

  private void watchForStall() {
    if (!outbound.isEmpty() && !stallTimerRuns) {
      stallTimerRuns = true;
      startStallTimer();
    }
  }

  private void startStallTimer() {
    long silentNanos = time.nanoTime() - lastTakenNanos;
    Duration left = settings.stallTimeout().minusNanos(silentNanos);
    Duration shortest = Duration.ofMillis(1);
    loop.after(left.compareTo(shortest) < 0 ? shortest : left, this::stallTimeout);
  }

  private void stallTimeout() {
    if (state != State.OPEN || outbound.isEmpty()) {
      stallTimerRuns = false;
    } else if (time.nanoTime() - lastTakenNanos < settings.stallTimeout().toNanos()) {
      startStallTimer();
    } else {
      stallTimerRuns = false;
      levels.afterStall().ifPresent(this::report);
    }
  }

  private void report(Backpressure level) {
    call(to -> to.onBackpressure(level));
  }

  private void beginClose(CloseStatus reason, Pending pending) {
    if (state != State.OPEN) {
      return;
    }
    state = State.CLOSING;
    status = reason;
    inbound.clear();
    if (pending == Pending.DISCARD) {
      lost += outbound.discard();
    }
    outbound.add(new Outbound.Frame.Close(reason));
    askForFlush();
    loop.after(
        settings.closeTimeout(),
        () -> {
          if (state != State.ENDED) {
            breakOff();
          }
        });
  }

  private void end(CloseStatus how) {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    inbound.clear();
    ended.accept(this);
    long lostInAll = lost + outbound.messages();
    call(to -> to.onClosed(how, lostInAll));
  }

  private void call(Consumer<ConnectionListener> callback) {
    ConnectionListener to = listener;
    if (to == null) {
      throw new IllegalStateException("a callback before opened() returned");
    }
    try {
      callback.accept(to);
    } catch (RuntimeException | Error thrown) {
      beginClose(CloseStatus.INTERNAL_ERROR, Pending.FLUSH);
      throw thrown;
    }
  }

  private void requireLoop(String method) {
    if (!loop.inLoop()) {
      time.violation("Connection." + method + " off its loop " + loop);
    }
  }
}
