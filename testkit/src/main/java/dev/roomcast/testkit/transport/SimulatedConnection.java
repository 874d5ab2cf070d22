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
  private final Deque<Inbound> inbound = new ArrayDeque<>();
  private final Outlet outlet;
  private @Nullable ConnectionListener listener;
  private State state = State.OPEN;
  private CloseStatus status = CloseStatus.ABNORMAL;
  private long credit;
  private boolean deliveryAsked;
  private boolean peerClosed;
  private long lost;

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
    this.outlet = new Outlet(time, loop, client, settings, this::report, this::endIfDone);
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
    outlet.send(simulated);
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
    return outlet.unsent();
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
    outlet.flush();
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

  /** A close is over once the peer has said its own and has got all of ours. */
  private void endIfDone() {
    if (state == State.CLOSING && peerClosed && outlet.isEmpty()) {
      end(status);
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
    lost += outlet.close(reason, pending);
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
    outlet.end();
    inbound.clear();
    ended.accept(this);
    long lostInAll = lost + outlet.messages();
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
