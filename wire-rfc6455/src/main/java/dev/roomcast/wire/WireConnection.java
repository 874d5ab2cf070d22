package dev.roomcast.wire;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.wire.internal.CloseHandshake;
import dev.roomcast.wire.internal.Closes;
import dev.roomcast.wire.internal.Deflate;
import dev.roomcast.wire.internal.FrameParser;
import dev.roomcast.wire.internal.FramedMessage;
import dev.roomcast.wire.internal.GuardedListener;
import dev.roomcast.wire.internal.IdleWatch;
import dev.roomcast.wire.internal.LoopTimers;
import dev.roomcast.wire.internal.MessageDeflater;
import dev.roomcast.wire.internal.PeerClose;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection on one pipe: carries out what the parser, the queue, the clock and the closing
 * handshake decide. Confined to its loop.
 */
final class WireConnection extends Outbound implements Connection, PipeListener, FrameParser.Sink {
  private static final Logger LOG = LoggerFactory.getLogger(WireConnection.class);

  private final InetSocketAddress remoteAddress;
  private final FrameParser parser;
  private final Inbound inbound;
  private final IdleWatch idle;
  private final @Nullable MessageDeflater deflater;
  private final LoopTimers.Timed deadlines = new Deadlines();
  private final CloseHandshake closing = new CloseHandshake();

  private GuardedListener listener = GuardedListener.nobody();
  private long closeDue = LoopTimers.NEVER;

  /** Messages that were given to {@link #send} and have not left. */
  private long lost;

  /**
   * A connection that is not announced yet.
   *
   * @param deflate the loop's, if compression was agreed on
   */
  WireConnection(
      LoopWorld world, BytePipe pipe, InetSocketAddress remoteAddress, @Nullable Deflate deflate) {
    super(world, pipe);
    this.remoteAddress = remoteAddress;
    deflater = deflate == null ? null : deflate.deflater();
    parser =
        new FrameParser(this, world.maxMessageBytes, deflate == null ? null : deflate.inflater());
    idle = new IdleWatch(world.idleRule, world.timers.now());
    inbound = new Inbound(world, pipe, parser, idle, deadlines, this::inputEnded);
  }

  /** Announces the connection and begins to read. */
  void open(Handshake handshake) {
    try {
      listener = new GuardedListener(world.acceptor.opened(this, handshake), this::listenerThrew);
    } catch (RuntimeException | Error thrown) {
      listenerThrew(thrown);
    }
    if (!closing.ended()) {
      inbound.start();
    }
  }

  // ---- Connection: none of these calls the listener (C02)

  @Override
  public EventLoop loop() {
    return world.loop;
  }

  @Override
  public void send(PreparedMessage message, Flush flush) {
    if (!sendFrame(FramedMessage.of(message).frame(deflater), flush)) {
      lost++;
    }
  }

  @Override
  public void demand(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("messages is " + messages + ", expected 1 or more");
    }
    if (!closing.begun()) {
      inbound.demand(messages);
    }
  }

  @Override
  public void close(CloseStatus status, Pending pending) {
    if (!status.sendable()) {
      throw new IllegalArgumentException(
          "close code is " + status.code() + ", expected one that may stand in a close frame");
    }
    if (!closing.begun()) {
      beginClose(status, pending);
      inbound.resumeLater();
    }
  }

  @Override
  public void abort() {
    if (!closing.ended()) {
      giveUp();
      pipe.abort();
    }
  }

  // ---- PipeListener

  @Override
  public void onBytes(ByteBuffer borrowed) {
    inbound.bytes(borrowed);
  }

  @Override
  public void onEnd() {
    inbound.end();
  }

  @Override
  public void onWritable() {
    takesBytes();
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    LOG.debug("connection from {} is gone", remoteAddress, cause);
    giveUp();
    world.closed(this);
    listener.onClosed(closing.status(), lost);
  }

  // ---- reading

  private void inputEnded() {
    closing.peerDone();
    if (!closing.begun()) {
      // No close frame: the peer is gone, also where its end of the socket still takes bytes.
      lost += endOutput();
      closing.begin(CloseStatus.ABNORMAL);
      awaitEnd();
      listener.onClosing(CloseStatus.ABNORMAL);
    }
    endIfDone();
  }

  @Override
  public boolean hasCredit() {
    return inbound.hasCredit();
  }

  @Override
  public void message(MessageKind kind, ByteBuffer payload) {
    inbound.spendCredit();
    listener.onMessage(kind, payload);
  }

  @Override
  public void ping(ByteBuffer payload) {
    sendPong(payload);
  }

  @Override
  public void peerClose(ByteBuffer payload) {
    closing.peerDone();
    if (!closing.begun()) {
      switch (PeerClose.read(payload)) {
        case PeerClose.Said said -> {
          closing.begin(said.status());
          // The answer repeats the code (RFC 6455 section 5.5.1) and comes after what is queued.
          sendClose(said.withoutReason());
          awaitEnd();
          listener.onClosing(said.status());
        }
        case PeerClose.Invalid invalid -> fail(invalid.answer());
      }
    }
    endIfDone();
  }

  @Override
  public void violation(CloseStatus answer) {
    fail(answer);
  }

  // ---- writing

  @Override
  void levelChanged(Backpressure level) {
    if (!closing.begun()) {
      listener.onBackpressure(level);
    }
  }

  @Override
  void drained() {
    endIfDone();
  }

  @Override
  void broken(Exception cause) {
    Level level = cause instanceof IOException ? Level.DEBUG : Level.ERROR;
    LOG.atLevel(level).setCause(cause).log("writing to {} failed", remoteAddress);
    abort();
  }

  @Override
  void stallDueAt(long at) {
    world.timers.schedule(deadlines, at);
  }

  /** What is due by the clock. */
  private final class Deadlines extends LoopTimers.Timed {
    @Override
    protected long due(long now) {
      if (!closing.begun() && now >= stallDue()) {
        stalled(now);
      }
      if (!closing.begun()) {
        switch (idle.step(now)) {
          case WAIT -> {}
          case PING -> sendPing();
          case CLOSE -> fail(Closes.IDLE);
        }
      }
      if (closing.begun() && now >= closeDue) {
        endByForce();
      }
      return closing.ended()
          ? LoopTimers.NEVER
          : closing.begun() ? closeDue : Math.min(stallDue(), idle.due());
    }
  }

  // ---- the end

  /** A close that the wire itself begins; the listener hears of it at once. */
  private void fail(CloseStatus status) {
    beginClose(status, Pending.FLUSH);
    listener.onClosing(status);
  }

  private void beginClose(CloseStatus status, Pending pending) {
    closing.begin(status);
    if (pending == Pending.DISCARD) {
      lost += discardUnbegun();
    }
    sendClose(status);
    parser.discard();
    awaitEnd();
  }

  private void awaitEnd() {
    closeDue = world.timers.now() + world.closeTimeout;
    world.timers.schedule(deadlines, closeDue);
  }

  private void endIfDone() {
    if (closing.mayEnd(isEmpty())) {
      pipe.closeAfterFlush();
    }
  }

  private void endByForce() {
    if (isEmpty()) {
      // A slow peer may still be reading what was written: let the end come behind it if it can.
      pipe.closeAfterFlush();
    }
    abort();
  }

  /** Nothing is read, written or awaited from now on, but the pipe's word that it is gone. */
  private void giveUp() {
    closing.end();
    parser.discard();
    inbound.stop();
    lost += endOutput();
    world.timers.cancel(deadlines);
  }

  private void listenerThrew(Throwable thrown) {
    LOG.error("listener of the connection from {} threw", remoteAddress, thrown);
    if (!closing.begun()) {
      fail(CloseStatus.INTERNAL_ERROR);
    }
    if (thrown instanceof VirtualMachineError fatal) {
      throw fatal;
    }
  }
}
