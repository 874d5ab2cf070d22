package dev.roomcast.wire;

import dev.roomcast.port.transport.Handshake;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an adapter's handler brings upgrade requests and then pipes: shut before the transport has
 * started, and again once it stops. Thread-safe.
 */
public final class UpgradeGate {
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;

  private volatile @Nullable WebSocketWire wire;
  private volatile boolean open;

  /** Lets requests through. Once. */
  void open(WebSocketWire to) {
    wire = to;
    open = true;
  }

  /** From now on every request is answered 503; pipes of those that were let through still open. */
  void shut() {
    open = false;
  }

  /**
   * Answers an upgrade request. Any thread.
   *
   * @param bodyFollows whether the request has a body that was not read: its bytes would be taken
   *     for WebSocket frames
   */
  public UpgradeResponse answer(UpgradeRequest request, boolean bodyFollows) {
    WebSocketWire to = wire;
    if (to == null || !open) {
      return UpgradeCheck.refuse(UNAVAILABLE, Map.of(), "Not accepting connections");
    }
    if (bodyFollows) {
      return UpgradeCheck.refuse(
          BAD_REQUEST, Map.of(), "A WebSocket handshake has no request body.");
    }
    return to.upgrade(request);
  }

  /**
   * Makes a connection of an upgraded pipe, as {@link WebSocketWire#open}. On the pipe's loop.
   *
   * @param handshake of {@link UpgradeResponse.Switch}
   */
  public Optional<PipeListener> open(BytePipe pipe, Handshake handshake) {
    WebSocketWire to = wire;
    if (to == null) {
      throw new IllegalStateException("nothing was let through yet");
    }
    return to.open(pipe, handshake);
  }
}
