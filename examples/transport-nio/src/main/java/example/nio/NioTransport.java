package example.nio;

import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportException;
import dev.roomcast.wire.WebSocketWire;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** WebSocket connections over java.nio alone. */
public final class NioTransport implements Transport {
  private static final Logger LOG = System.getLogger(NioTransport.class.getName());
  private static final long PAUSE_NANOS = 500_000_000;

  private final InetSocketAddress address;
  private final int loopCount;
  private final List<NioLoop> loops = new ArrayList<>();
  private volatile WebSocketWire wire;
  private ServerSocketChannel listening;

  /** Port 0 is any that is free; each loop is a thread. */
  public NioTransport(String host, int port, int loops) {
    this.address = new InetSocketAddress(host, port);
    this.loopCount = loops;
  }

  @Override
  public synchronized TransportAddress start(TransportContext context) {
    if (wire != null) {
      throw new IllegalStateException("started before");
    }
    wire = new WebSocketWire(context);
    try {
      listening = ServerSocketChannel.open().bind(address);
      while (loops.size() < loopCount) {
        loops.add(new NioLoop("nio-" + loops.size(), context.time()));
      }
    } catch (IOException failed) {
      throw new TransportException("cannot listen on " + address + ": " + failed, failed);
    }
    Thread.ofPlatform().name("nio-accept").daemon().start(this::acceptAll);
    String where = address.getHostString() + ":" + listening.socket().getLocalPort();
    return new TransportAddress(URI.create("ws://" + where + context.settings().path()));
  }

  private void acceptAll() {
    for (int count = 0; listening.isOpen(); count++) {
      try {
        SocketChannel socket = listening.accept();
        var peer = (InetSocketAddress) socket.getRemoteAddress();
        NioLoop loop = loops.get(count % loopCount);
        if (!loop.turns.execute(
            () -> NioPipe.open(loop, socket, pipe -> wire.accept(pipe, peer)))) {
          socket.close();
        }
      } catch (ClosedChannelException closedByUsOrByThePeer) {
      } catch (IOException failed) {
        LOG.log(Level.WARNING, "no connection is accepted for a moment", failed);
        // Such as too many open files, which the next attempt would meet as well.
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return wire.prepare(utf8, compressible);
  }

  @Override
  public void stopAccepting() {
    wire.stopAccepting();
    if (loops.stream().noneMatch(loop -> loop.turns.inLoop())) {
      loops.forEach(loop -> loop.turns.settled().join());
    }
  }

  @Override
  public synchronized void close() {
    if (listening != null) {
      stopAccepting();
      wire.close();
      NioPipe.close(listening);
      loops.forEach(NioLoop::close);
    }
  }
}
