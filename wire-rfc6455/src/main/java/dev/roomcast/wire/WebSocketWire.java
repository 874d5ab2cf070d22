package dev.roomcast.wire;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.wire.internal.FramedText;
import dev.roomcast.wire.internal.LoopWorld;
import dev.roomcast.wire.internal.Upgrade;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * RFC 6455 for one transport: checks upgrade requests, and turns pipes into connections.
 * Thread-safe; what belongs to a loop is kept per loop, for as long as this lives.
 */
public final class WebSocketWire {
  private final TransportSettings settings;
  private final Acceptor acceptor;
  private final TimeSource time;
  private final Observer observer;
  private final Upgrade upgrade;
  private final Map<PipeLoop, LoopWorld> worlds = new ConcurrentHashMap<>();

  /**
   * @param acceptor asked and told of each connection
   * @param observer counts what the wire drops
   */
  public WebSocketWire(
      TransportSettings settings, Acceptor acceptor, TimeSource time, Observer observer) {
    this.settings = settings;
    this.acceptor = acceptor;
    this.time = time;
    this.observer = observer;
    upgrade = new Upgrade(acceptor);
  }

  /**
   * Checks a request by RFC 6455 section 4.2.1, then asks the acceptor. Any thread.
   *
   * <p>400 for a malformed request, 426 with {@code Sec-WebSocket-Version: 13} for another version
   * or no upgrade at all, otherwise what the acceptor says.
   */
  public UpgradeResponse upgrade(UpgradeRequest request) {
    return upgrade.answer(request);
  }

  /** Frames a text once for many connections. Any thread. */
  public PreparedMessage prepare(byte[] utf8) {
    return FramedText.of(utf8);
  }

  /**
   * Makes a connection of an upgraded pipe and announces it to the acceptor. On the pipe's loop.
   *
   * @return to be told of the pipe from now on; it has asked for what it wants to hear
   */
  public PipeListener open(BytePipe pipe, Handshake handshake) {
    return worlds
        .computeIfAbsent(pipe.loop(), loop -> new LoopWorld(loop, settings, time, observer))
        .open(pipe, handshake, acceptor);
  }
}
