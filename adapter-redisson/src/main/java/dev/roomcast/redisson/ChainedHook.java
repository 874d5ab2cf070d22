package dev.roomcast.redisson;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import org.redisson.client.NettyHook;

/** A hook on each new channel, after the one that there was before. Thread-safe. */
abstract class ChainedHook implements NettyHook {
  private final NettyHook earlier;

  /**
   * A hook.
   *
   * @param earlier called first
   */
  ChainedHook(NettyHook earlier) {
    this.earlier = earlier;
  }

  @Override
  public final void afterBoostrapInitialization(Bootstrap bootstrap) {
    earlier.afterBoostrapInitialization(bootstrap);
  }

  @Override
  public final void afterChannelInitialization(Channel channel) {
    earlier.afterChannelInitialization(channel);
    initialize(channel);
  }

  /** A channel has its handlers, and no connection yet. */
  abstract void initialize(Channel channel);
}
