package dev.roomcast.redisson;

import dev.roomcast.port.bus.BusSubscription;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
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

  /** What a command is about. */
  private record Target(ChannelName name, boolean pattern) {
    BusSubscription subscription() {
      return pattern
          ? new BusSubscription.Prefix(Glob.prefix(name.toString()))
          : new BusSubscription.Channel(name.toString());
    }

    PubSubType end() {
      return pattern ? PubSubType.PUNSUBSCRIBE : PubSubType.UNSUBSCRIBE;
    }
  }

  private final Executor listeners;
  private volatile Ear.Hearer hearer = (channel, payload) -> {};
  private volatile Consumer<BusSubscription> unsubscribes = subscription -> {};

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

  /**
   * Whom to tell; before anything is subscribed.
   *
   * @param whom told of what is heard, in the listener's turn
   * @param ending told of each subscription that is about to be ended, whoever wants it; by the
   *     socket's thread
   */
  void tell(Ear.Hearer whom, Consumer<BusSubscription> ending) {
    hearer = whom;
    unsubscribes = ending;
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
    private final Map<Target, Kept> subscribed = new HashMap<>();

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      if (message instanceof CommandData<?, ?> command) {
        switch (command.getCommand().getName()) {
          case "SUBSCRIBE" -> subscribe(context, command, /* pattern= */ false);
          case "PSUBSCRIBE" -> subscribe(context, command, /* pattern= */ true);
          case "UNSUBSCRIBE" -> unsubscribe(command, /* pattern= */ false);
          case "PUNSUBSCRIBE" -> unsubscribe(command, /* pattern= */ true);
          default -> {}
        }
      }
      var unused = context.write(message, promise);
    }

    private void subscribe(
        ChannelHandlerContext context, CommandData<?, ?> command, boolean pattern) {
      RedisPubSubConnection connection = RedisConnection.getFrom(context.channel());
      for (Object name : command.getParams()) {
        var unused =
            subscribed.computeIfAbsent(
                new Target((ChannelName) name, pattern), target -> keep(target, connection));
      }
    }

    private Kept keep(Target target, RedisPubSubConnection connection) {
      Kept kept = new Kept(connection, target);
      connection.addListener(target.name(), kept);
      return kept;
    }

    private void unsubscribe(CommandData<?, ?> command, boolean pattern) {
      for (Object name : command.getParams()) {
        Target target = new Target((ChannelName) name, pattern);
        Kept kept = subscribed.remove(target);
        if (kept != null) {
          kept.ending = true;
        }
        unsubscribes.accept(target.subscription());
      }
    }
  }

  private final class Kept implements RedisPubSubListener<Object> {
    private final RedisPubSubConnection connection;
    private final Target target;
    private volatile boolean ending; // written by the channel's thread

    Kept(RedisPubSubConnection connection, Target target) {
      this.connection = connection;
      this.target = target;
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
      // Not by the end of the subscription before this one, which Redis may tell late.
      if (ending && type == target.end()) {
        // In turn: of a connection that was closed it is told at once.
        listeners.execute(() -> connection.removeListener(target.name(), this));
      }
    }
  }
}
