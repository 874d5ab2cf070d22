package dev.roomcast.wire;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportSettings;

/**
 * RFC 6455 for one transport: checks upgrade requests, and turns pipes into connections.
 * Thread-safe; what belongs to a loop is kept per loop.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class WebSocketWire {

  /**
   * @param acceptor asked and told of each connection
   * @param observer counts what the wire drops
   */
  public WebSocketWire(
      TransportSettings settings, Acceptor acceptor, TimeSource time, Observer observer) {
    throw new AssertionError("to be written");
  }

  /**
   * Checks a request by RFC 6455 section 4.2.1, then asks the acceptor. Any thread.
   *
   * <p>400 for a malformed request, 426 with {@code Sec-WebSocket-Version: 13} for another version
   * or no upgrade at all, otherwise what the acceptor says.
   */
  public UpgradeResponse upgrade(UpgradeRequest request) {
    throw new AssertionError("to be written");
  }

  /** Frames a text once for many connections. Any thread. */
  public PreparedMessage prepare(byte[] utf8) {
    throw new AssertionError("to be written");
  }

  /**
   * Makes a connection of an upgraded pipe and announces it to the acceptor. On the pipe's loop.
   *
   * @return to be told of the pipe from now on; it has asked for what it wants to hear
   */
  public PipeListener open(BytePipe pipe, Handshake handshake) {
    throw new AssertionError("to be written");
  }
}
