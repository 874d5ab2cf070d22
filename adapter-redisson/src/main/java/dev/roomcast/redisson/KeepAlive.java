package dev.roomcast.redisson;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;
import org.redisson.client.NettyHook;

/**
 * Has the kernel watch connections that are not pinged, and keep what stands between from
 * forgetting them. Redisson 4.7 loses its own settings for this where it copies a configuration.
 * Thread-safe.
 */
final class KeepAlive extends ChainedHook {
  /** A host that is gone without a word is noticed after 6 s: 3 of silence, and 3 probes. */
  private static final int PROBE_AFTER_SECONDS = 3;

  private static final int PROBE_EACH_SECONDS = 1;
  private static final int PROBES = 3;

  /**
   * A hook.
   *
   * @param inner called first
   */
  KeepAlive(NettyHook inner) {
    super(inner);
  }

  @Override
  void initialize(Channel channel) {
    // Not the native ones that an application may have configured.
    if (channel instanceof NioSocketChannel) {
      channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
      set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, PROBE_AFTER_SECONDS);
      set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_EACH_SECONDS);
      set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    }
  }

  private static void set(Channel channel, SocketOption<Integer> option, int value) {
    // False where the system has no such option.
    channel.config().setOption(NioChannelOption.of(option), value);
  }
}
