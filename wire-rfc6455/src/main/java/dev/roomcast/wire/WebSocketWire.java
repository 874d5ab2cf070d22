package dev.roomcast.wire;

import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportContext;
import java.util.Optional;

/**
 * RFC 6455 for one transport: checks upgrade requests, and turns pipes into connections.
 * Thread-safe; what belongs to a loop is kept per loop.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class WebSocketWire {

  /**
   * A wire for one transport.
   *
   * @param context settings, acceptor, observer and time, as the transport got them
   */
  public WebSocketWire(TransportContext context) {
    throw new AssertionError("to be written");
  }

  /**
   * Checks a request by RFC 6455 section 4.2.1, then asks the acceptor. Any thread.
   *
   * <p>400 for a malformed request, 426 with {@code Sec-WebSocket-Version: 13} for another version
   * or no upgrade at all, 503 after {@link #stopAccepting}, otherwise what the acceptor says.
   */
  public UpgradeResponse upgrade(UpgradeRequest request) {
    throw new AssertionError("to be written");
  }

  /** Frames a text once for many connections. Any thread. */
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    throw new AssertionError("to be written");
  }

  /**
   * Makes a connection of an upgraded pipe and announces it to the acceptor. On the pipe's loop.
   *
   * @param handshake of {@link UpgradeResponse.Switch}
   * @return to be told of the pipe from now on; it has asked for what it wants to hear. Empty if
   *     the wire no longer accepts, and the pipe has been aborted
   */
  public Optional<PipeListener> open(BytePipe pipe, Handshake handshake) {
    throw new AssertionError("to be written");
  }

  /** Refuses upgrades and opens no pipe any more (T03). Any thread. */
  public void stopAccepting() {
    throw new AssertionError("to be written");
  }

  /** Aborts every open connection on its loop (T04). Any thread but a loop's. */
  public void close() {
    throw new AssertionError("to be written");
  }
}
