package dev.roomcast.redisson;

import dev.roomcast.port.transport.EventLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The thread of a client's connections, as an event loop: what is done on it reaches a connection,
 * and hears of its answer, without waking another thread. Thread-safe.
 */
final class SocketLoop implements EventLoop, AutoCloseable {
  private final Threads threads = new Threads();

  private static final class Threads extends MultiThreadIoEventLoopGroup {
    private final io.netty.channel.EventLoop sockets = next();

    Threads() {
      super(
          ClientConfigs.NETTY_THREADS,
          new DefaultThreadFactory("roomcast-redis-publishes"),
          NioIoHandler.newFactory());
    }

    @Override
    public ChannelFuture register(Channel channel) {
      return sockets.register(channel);
    }
  }

  /** For the client's configuration. */
  EventLoopGroup threads() {
    return threads;
  }

  @Override
  public boolean inLoop() {
    return threads.sockets.inEventLoop();
  }

  @Override
  public boolean execute(Runnable task) {
    try {
      threads.sockets.execute(task);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** By a timer that is due, since Netty looks at those once each time it has served I/O. */
  @Override
  public boolean executeAfterIo(Runnable task) {
    return schedule(task, 0);
  }

  @Override
  public void after(Duration delay, Runnable task) {
    var unused = schedule(task, Math.max(TimeUnit.MILLISECONDS.toNanos(1), delay.toNanos()));
  }

  private boolean schedule(Runnable task, long nanos) {
    try {
      var unused = threads.sockets.schedule(task, nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** Ends soon. Idempotent; does not wait. */
  @Override
  public void close() {
    var unused = threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
