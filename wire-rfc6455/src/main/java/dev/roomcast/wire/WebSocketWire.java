package dev.roomcast.wire;

import dev.roomcast.port.transport.Compression;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.wire.internal.FramedMessage;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * RFC 6455 for one transport: checks upgrade requests, and turns pipes into connections.
 * Thread-safe; what belongs to a loop is kept per loop, for as long as this lives.
 */
public final class WebSocketWire {
  private final TransportContext context;
  private final Compression compression;
  private final Upgrade upgrade;
  private final Map<PipeLoop, LoopWorld> worlds = new ConcurrentHashMap<>();
  private volatile boolean accepting = true;

  /**
   * A wire for one transport.
   *
   * @param context settings, acceptor, observer and time, as the transport got them
   */
  public WebSocketWire(TransportContext context) {
    this.context = context;
    compression = context.settings().compression();
    upgrade = new Upgrade(context.acceptor(), compression.on());
  }

  /**
   * Checks a request by RFC 6455 section 4.2.1, then asks the acceptor. Any thread.
   *
   * <p>400 for a malformed request, 426 with {@code Sec-WebSocket-Version: 13} for another version
   * or no upgrade at all, 503 after {@link #stopAccepting}, otherwise what the acceptor says. With
   * compression on, permessage-deflate is agreed on where the client offers what can be kept to.
   */
  public UpgradeResponse upgrade(UpgradeRequest request) {
    return upgrade.answer(request, accepting);
  }

  /**
   * Frames a text once for many connections. Any thread.
   *
   * @param utf8 valid UTF-8; owned by the result from now on and not to be changed
   * @param compressible false for what is encrypted
   */
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return FramedMessage.text(utf8, compressible && worthCompressing(utf8));
  }

  /**
   * Frames a binary message once for many connections. Any thread.
   *
   * @param payload owned by the result from now on and not to be changed
   * @param compressible false for what is encrypted
   */
  public PreparedMessage prepareBinary(byte[] payload, boolean compressible) {
    return FramedMessage.binary(payload, compressible && worthCompressing(payload));
  }

  private boolean worthCompressing(byte[] payload) {
    return compression.on() && payload.length >= compression.threshold();
  }

  /**
   * Makes a connection of an upgraded pipe and announces it to the acceptor. On the pipe's loop.
   *
   * @param handshake of {@link UpgradeResponse.Switch}
   * @return to be told of the pipe from now on; it has asked for what it wants to hear. Empty if
   *     the wire no longer accepts, and the pipe has been aborted
   */
  public Optional<PipeListener> open(BytePipe pipe, Handshake handshake) {
    // The loop's world first: close() then misses none that was made before it stopped accepting.
    LoopWorld world = worlds.computeIfAbsent(pipe.loop(), loop -> new LoopWorld(loop, context));
    if (!accepting) {
      pipe.abort();
      return Optional.empty();
    }
    return Optional.of(world.open(pipe, handshake, upgrade.compresses(handshake)));
  }

  /**
   * Takes over a pipe from its first byte: reads the upgrade request from it, answers, and opens it
   * or has it closed; for transports without an HTTP library. A request has to be there whole
   * within {@code handshakeTimeout}, its head within {@code maxHandshakeBytes}, and its path is
   * {@code settings.path}. On the pipe's loop.
   *
   * @param peer the other end of the socket
   * @return to be told of the pipe from now on; it has asked for what it wants to hear
   */
  public PipeListener accept(BytePipe pipe, InetSocketAddress peer) {
    HttpOverPipe http = new HttpOverPipe(this, context, pipe, peer);
    http.start();
    return http;
  }

  /**
   * Refuses upgrades and opens no pipe any more (T03). An {@link #open} that runs on its loop at
   * this moment goes through: whoever must know that it is over waits for the loops' current tasks.
   * Any thread.
   */
  public void stopAccepting() {
    accepting = false;
  }

  /**
   * Accepts nothing more and has every open connection aborted on its loop (T04); does not wait for
   * it. Any thread but a loop's.
   */
  public void close() {
    stopAccepting();
    worlds.forEach((loop, world) -> loop.execute(world::end));
  }
}
