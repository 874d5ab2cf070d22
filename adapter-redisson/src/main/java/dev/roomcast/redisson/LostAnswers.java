package dev.roomcast.redisson;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import java.util.Deque;
import java.util.List;
import org.redisson.client.NettyHook;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;

/**
 * Fails at once what was written to a connection that is lost before it answered. Redisson would
 * let it wait for its time-out, and whatever is published meanwhile with it. Thread-safe.
 */
final class LostAnswers extends ChainedHook {

  /**
   * A hook.
   *
   * @param theirs what the configuration had, called first
   */
  LostAnswers(NettyHook theirs) {
    super(theirs);
  }

  @Override
  void initialize(Channel channel) {
    channel.pipeline().addFirst(new Watch());
  }

  private static List<QueueCommand> owed(Channel channel) {
    Deque<QueueCommandHolder> queue = channel.attr(CommandsQueue.COMMANDS_QUEUE).get();
    return queue == null ? List.of() : queue.stream().map(QueueCommandHolder::getCommand).toList();
  }

  /** Confined to its channel's thread. */
  private static final class Watch extends ChannelDuplexHandler {
    @Override
    public void channelInactive(ChannelHandlerContext context) {
      // Asked before Redisson forgets them, failed after it knows that the connection is lost:
      // what is published by way of answer must find another one.
      List<QueueCommand> owed = owed(context.channel());
      context.fireChannelInactive();
      WriteRedisConnectionException lost =
          new WriteRedisConnectionException("the connection was lost before Redis answered");
      owed.forEach(command -> command.tryFailure(lost));
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      if (!owed(context.channel()).isEmpty()) {
        // By a reset. Else the kernel would go on sending what was given up, and it could arrive
        // after what the next connection says.
        resetAtTheEnd(context.channel());
      }
      var unused = context.close(promise);
    }

    private static void resetAtTheEnd(Channel channel) {
      try {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
      } catch (ChannelException endedAlready) {
        // Then nothing is sent any more.
      }
    }
  }
}
