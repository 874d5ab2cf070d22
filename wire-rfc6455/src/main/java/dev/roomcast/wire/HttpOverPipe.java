package dev.roomcast.wire;

import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.TransportContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP before the upgrade for transports that have no library for it: one request, one answer,
 * then a WebSocket or the end. Confined to the pipe's loop.
 */
final class HttpOverPipe implements PipeListener {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 431;

  private final WebSocketWire wire;
  private final TransportContext context;
  private final BytePipe pipe;

  /** Let go once it was read: this lives as long as the connection. */
  private @Nullable RequestHead head;

  /** Is told of the pipe once the upgrade succeeded. */
  private @Nullable PipeListener connection;

  private @Nullable EarlyBytes early;
  private boolean gone;

  HttpOverPipe(
      WebSocketWire wire, TransportContext context, BytePipe pipe, InetSocketAddress peer) {
    this.wire = wire;
    this.context = context;
    this.pipe = pipe;
    head = new RequestHead(context.settings().maxHandshakeBytes(), peer);
  }

  void start() {
    pipe.loop().after(context.settings().handshakeTimeout(), this::timeOut);
    pipe.wantRead(true);
  }

  /** Also of a request that was refused, whose peer does not go. */
  private void timeOut() {
    if (connection == null && !gone) {
      if (head != null && head.begun()) {
        context.observer().count(Signal.CONNECTION_REFUSED);
      }
      pipe.abort();
    }
  }

  @Override
  public void onBytes(ByteBuffer borrowed) {
    if (connection != null) {
      connection.onBytes(borrowed);
    } else if (head != null) {
      switch (head.read(borrowed)) {
        case RequestHead.Incomplete incomplete -> {}
        case RequestHead.TooLarge(String why) -> {
          context.observer().count(Signal.CONNECTION_REFUSED);
          refuse(UpgradeCheck.refuse(TOO_LARGE, Map.of(), why));
        }
        case RequestHead.Malformed(String why) ->
            refuse(UpgradeCheck.refuse(BAD_REQUEST, Map.of(), why));
        case RequestHead.Complete(UpgradeRequest request) -> answer(request, borrowed);
      }
    }
    borrowed.position(borrowed.limit());
  }

  private void answer(UpgradeRequest request, ByteBuffer rest) {
    String path = context.settings().path();
    if (!request.handshake().path().equals(path)) {
      refuse(
          UpgradeCheck.refuse(
              NOT_FOUND, Map.of(), "Nothing here; WebSocket connections are taken at " + path));
      return;
    }
    switch (wire.upgrade(request)) {
      case UpgradeResponse.Refuse refusal -> refuse(refusal);
      case UpgradeResponse.Switch agreed -> {
        head = null;
        if (write(HttpText.of(agreed))) {
          open(agreed, rest);
        }
      }
    }
  }

  private void open(UpgradeResponse.Switch agreed, ByteBuffer rest) {
    pipe.wantRead(false);
    BytePipe opened = pipe;
    if (rest.hasRemaining()) {
      early = new EarlyBytes(pipe, this, ByteBuffer.allocate(rest.remaining()).put(rest).flip());
      opened = early;
    }
    connection = wire.open(opened, agreed.handshake()).orElse(null);
  }

  private void refuse(UpgradeResponse.Refuse refusal) {
    head = null;
    if (write(HttpText.of(refusal))) {
      pipe.closeAfterFlush();
    }
  }

  /** A fresh socket takes an answer whole; one that does not belongs to a peer that never reads. */
  private boolean write(ByteBuffer answer) {
    try {
      pipe.write(answer);
    } catch (IOException broken) {
      pipe.abort();
      return false;
    }
    if (answer.hasRemaining()) {
      pipe.abort();
    }
    return !answer.hasRemaining();
  }

  @Override
  public void onEnd() {
    if (connection != null) {
      connection.onEnd();
    } else {
      pipe.closeAfterFlush();
    }
  }

  @Override
  public void onWritable() {
    if (connection != null) {
      connection.onWritable();
    }
  }

  @Override
  public void onClosed(@Nullable Throwable cause) {
    gone = true;
    if (early != null) {
      early.gone();
    }
    if (connection != null) {
      connection.onClosed(cause);
    }
  }
}
