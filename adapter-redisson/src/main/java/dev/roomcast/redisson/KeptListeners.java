package dev.roomcast.redisson;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.Set;
import java.util.concurrent.Executor;
import org.redisson.client.ChannelName;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisPubSubConnection;
import org.redisson.client.RedisPubSubListener;
import org.redisson.client.handler.CommandsQueuePubSub;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.pubsub.PubSubType;

/**
 * Listeners that stay with their connection. What arrived is told to whoever listens when its turn
 * comes; where another master takes over, Redisson moves its own listeners at once, and what waits
 * would reach nobody. So ours are beside them, from before the subscription is sent until all that
 * arrived before its end is told. Thread-safe.
 */
final class KeptListeners extends ChainedHook {
  private static final Set<String> SUBSCRIBING = Set.of("SUBSCRIBE", "PSUBSCRIBE");

  private final Executor listeners;
  private volatile Ear.Hearer hearer = (channel, payload) -> {};

  /**
   * A hook.
   *
   * @param theirs what the configuration had, called first
   * @param listeners the thread that runs listeners, in whose turn messages wait
   */
  KeptListeners(NettyHook theirs, Executor listeners) {
    super(theirs);
    this.listeners = listeners;
  }

  /** Whom to tell; before anything is subscribed. */
  void tell(Ear.Hearer whom) {
    hearer = whom;
  }

  @Override
  void initialize(Channel channel) {
    ChannelHandlerContext queue = channel.pipeline().context(CommandsQueuePubSub.class);
    if (queue != null) {
      // Behind the queue, which sends each command once.
      channel.pipeline().addBefore(queue.name(), null, new Watch());
    }
  }

  /** Confined to its channel's thread. */
  private final class Watch extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof CommandData<?, ?> command
          && SUBSCRIBING.contains(command.getCommand().getName())) {
        RedisPubSubConnection connection = RedisConnection.getFrom(context.channel());
        for (Object name : command.getParams()) {
          connection.addListener((ChannelName) name, new Kept(connection, (ChannelName) name));
        }
      }
      var unused = context.write(message, promise);
    }
  }

  private final class Kept implements RedisPubSubListener<Object> {
    private final RedisPubSubConnection connection;
    private final ChannelName name;

    Kept(RedisPubSubConnection connection, ChannelName name) {
      this.connection = connection;
      this.name = name;
    }

    @Override
    public void onMessage(CharSequence channel, Object payload) {
      // A connection that Redisson mended has one of us for each time that it was.
      if (payload instanceof HeardPayload heard && heard.isTheFirstTime()) {
        hearer.heard(channel.toString(), heard);
      }
    }

    @Override
    public void onPatternMessage(CharSequence pattern, CharSequence channel, Object payload) {
      onMessage(channel, payload);
    }

    @Override
    public void onStatus(PubSubType type, CharSequence channel) {
      if (type == PubSubType.UNSUBSCRIBE || type == PubSubType.PUNSUBSCRIBE) {
        // In turn: of a connection that was closed it is told at once.
        listeners.execute(() -> connection.removeListener(name, this));
      }
    }
  }
}
