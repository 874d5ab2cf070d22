package dev.roomcast.server.config;

import static dev.roomcast.server.config.Option.core;
import static dev.roomcast.server.config.Option.own;
import static dev.roomcast.server.config.Option.yesOrNo;

import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.redisson.RedissonBus;
import java.net.URI;
import java.util.List;

/** What servers share their messages through. */
final class ClusterSection {
  static final Option<URI> REDIS =
      own(
          "--redis",
          "<uri>",
          "Redis that servers share messages through: redis://host:6379,"
              + " redis+sentinel://host:26379,.../master or redis+cluster://host:6379,...; rediss"
              + " for TLS, user:password@ before the host. None: this server is alone.",
          RedissonBus::uri);
  static final Option<String> CHANNEL_PREFIX =
      core(
          "--channel-prefix",
          "<prefix>",
          "Before the names of the channels in Redis; ws:. Equal on all servers and emitters.",
          Reader.text(),
          OptionsBuilder::channelPrefix);
  static final Option<Boolean> BY_INTEREST =
      yesOrNo(
          "--by-interest",
          "Whether to subscribe only to rooms that have a member here, instead of to all by a"
              + " pattern; false.",
          OptionsBuilder::subscribeByInterest);

  static final Section SECTION =
      new Section("Several servers", List.of(REDIS, CHANNEL_PREFIX, BY_INTEREST));

  private ClusterSection() {}
}
