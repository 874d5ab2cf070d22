package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.ThreadEventLoop;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The reference for the contract suite: small, slow and right, on blocking sockets with two threads
 * for each connection. Wrong transports are made of it.
 */
public final class BlockingTransport implements Transport {
  private final int port;
  private final Set<Fault> faults;
  private final Deflation deflation;
  private final List<ThreadEventLoop> loops =
      List.of(EventLoop.singleThread("blocking-0"), EventLoop.singleThread("blocking-1"));
  private final Set<BlockingConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean accepting = true;
  private ServerSocket sockets;

  public BlockingTransport(int port) {
    this(port, Set.of(), new Deflation());
  }

  /** One that compresses wrongly. */
  BlockingTransport(Deflation deflation) {
    this(0, Set.of(), deflation);
  }

  /** A wrong one. */
  public BlockingTransport(Fault fault, Fault... more) {
    this(0, EnumSet.of(fault, more), new Deflation());
  }

  private BlockingTransport(int port, Set<Fault> faults, Deflation deflation) {
    this.deflation = deflation;
    this.port = port;
    this.faults = faults;
  }

  @Override
  public TransportAddress start(TransportContext context) {
    if (sockets != null) {
      throw new IllegalStateException("started before");
    }
    try {
      sockets = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException taken) {
      throw new TransportException("cannot listen on port " + port, taken);
    }
    Thread.ofVirtual().start(() -> acceptAll(context));
    return new TransportAddress(
        URI.create(
            "ws://127.0.0.1:%d%s".formatted(sockets.getLocalPort(), context.settings().path())));
  }

  private void acceptAll(TransportContext context) {
    try {
      while (true) {
        Socket socket = sockets.accept();
        Thread.ofVirtual().start(() -> serve(context, socket));
      }
    } catch (IOException closed) {
      accepting = false;
    }
  }

  private void serve(TransportContext context, Socket socket) {
    try {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      var handshake =
          new UpgradeReader(context, socket, in, faults, deflation).read(() -> accepting);
      if (handshake.isEmpty()) {
        socket.close();
        return;
      }
      EventLoop loop = loops.get(count.getAndIncrement() % loops.size());
      InputStream rest =
          faults.contains(Fault.FORGETS_WHAT_COMES_WITH_THE_REQUEST)
              ? new BufferedInputStream(socket.getInputStream())
              : in;
      if (!loop.execute(() -> open(context, socket, rest, loop, handshake.get()))) {
        socket.close();
      }
    } catch (IOException broken) {
      closeQuietly(socket);
    }
  }

  private void open(
      TransportContext context, Socket socket, InputStream in, EventLoop loop, Handshake request) {
    if (!accepting) {
      closeQuietly(socket);
      return;
    }
    try {
      BlockingConnection[] self = new BlockingConnection[1];
      self[0] =
          new BlockingConnection(
              loop,
              socket,
              in,
              context.settings(),
              faults,
              deflation.answer(context.settings(), request).map(agreed -> deflation),
              () -> open.remove(self[0]));
      open.add(self[0]);
      self[0].open(context.acceptor(), request);
    } catch (IOException broken) {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      assert socket.isClosed();
    }
  }

  @Override
  public PreparedMessage prepare(byte[] utf8, boolean compressible) {
    return new BlockingConnection.Prepared(ByteBuffer.wrap(utf8), compressible);
  }

  @Override
  public void stopAccepting() {
    accepting = false;
    onEachLoop(() -> {});
  }

  @Override
  public void close() {
    accepting = false;
    try {
      if (sockets != null) {
        sockets.close();
      }
    } catch (IOException alreadyClosed) {
      assert sockets.isClosed();
    }
    onEachLoop(
        () ->
            List.copyOf(open).stream()
                .filter(connection -> connection.loop().inLoop())
                .forEach(BlockingConnection::end));
    loops.forEach(ThreadEventLoop::close);
  }

  private void onEachLoop(Runnable task) {
    for (ThreadEventLoop loop : loops) {
      CountDownLatch done = new CountDownLatch(1);
      boolean accepted =
          loop.execute(
              () -> {
                task.run();
                done.countDown();
              });
      try {
        if (accepted && !done.await(10, TimeUnit.SECONDS)) {
          throw new TransportException("a loop hangs", null);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
