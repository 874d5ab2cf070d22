package dev.roomcast.redisson;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ConstantDelay;
import org.redisson.config.EqualJitterDelay;
import org.redisson.config.NameMapper;
import org.redisson.config.ReadMode;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SubscriptionMode;
import org.redisson.connection.ConnectionListener;

/**
 * Configurations of the two clients, made of one that says where Redis is. What matters here is
 * order: one connection each, nothing repeated, one thread that hears; Redisson's defaults let
 * messages overtake each other. Pure.
 */
final class ClientConfigs {
  /** Channels are the protocol's, whatever an application maps its keys to. */
  private static final NameMapper AS_IT_IS =
      new NameMapper() {
        @Override
        public String map(String name) {
          return name;
        }

        @Override
        public String unmap(String name) {
          return name;
        }
      };

  private static final Duration SOONEST = Duration.ofMillis(100);
  private static final Duration LATEST = Duration.ofSeconds(1);

  /** A connection is not given up because Redis hesitates for a moment. */
  private static final int OFTENEST_PING_MILLIS = 1_000;

  private static final int RAREST_PING_MILLIS = 5_000;

  /** As many as there will ever be: a second connection would lose the order. */
  private static final int SUBSCRIPTIONS = 10_000_000;

  /** One for the sockets; a second, since parts of Redisson wait for one another. */
  static final int NETTY_THREADS = 2;

  private ClientConfigs() {}

  /** Where Redis is. */
  static Config of(RedisUri uri) {
    Config config = new Config();
    if (uri.user() != null) {
      config.setUsername(uri.user());
    }
    if (uri.password() != null) {
      config.setPassword(uri.password());
    }
    String scheme = uri.tls() ? "rediss://" : "redis://";
    String[] nodes = uri.nodes().stream().map(scheme::concat).toArray(String[]::new);
    switch (uri.kind()) {
      case SINGLE -> config.useSingleServer().setAddress(nodes[0]).setDatabase(uri.database());
      case SENTINEL ->
          config
              .useSentinelServers()
              .addSentinelAddress(nodes)
              .setMasterName(uri.master())
              .setDatabase(uri.database());
      case CLUSTER -> config.useClusterServers().addNodeAddress(nodes);
    }
    return config;
  }

  /** For the client that publishes. */
  static Config publishing(
      Config base, RedissonOptions options, ExecutorService thread, ConnectionListener listener) {
    Config config =
        tuned(base, options, thread, listener, /* commands= */ 1, /* subscriptions= */ 0);
    return config.setNettyHook(new LostAnswers(config.getNettyHook()));
  }

  /** For the client that hears. */
  static Config hearing(
      Config base,
      RedissonOptions options,
      ExecutorService thread,
      ConnectionListener listener,
      KeptListeners kept) {
    Config config =
        tuned(base, options, thread, listener, /* commands= */ 0, /* subscriptions= */ 1);
    // In a cluster the canary goes through one of several connections.
    config.setNettyHook(new KeepAlive(kept));
    // A message that arrives while Redisson awaits the answer to a ping can get lost (seen with
    // 4.7). The canary notices more than pings would. Not 0: with that not even a new connection is
    // asked whether it is alive, before anything is subscribed.
    servers(config)
        .setPingConnectionInterval(Integer.MAX_VALUE)
        // Redisson takes back what was not answered in time. It must have done so before the whole
        // is given up and tried again: another try in between would wait for ever for the first
        // one's answer, and all that is behind the same lock with it.
        .setTimeout(Math.toIntExact(options.startTimeout().toMillis()))
        .setSubscriptionTimeout(
            (int) Math.min(2 * options.startTimeout().toMillis(), Integer.MAX_VALUE));
    return config;
  }

  private static BaseConfig<?> servers(Config config) {
    return switch (kind(config)) {
      case SINGLE -> config.useSingleServer();
      case SENTINEL -> config.useSentinelServers();
      case CLUSTER -> config.useClusterServers();
    };
  }

  private static Config tuned(
      Config base,
      RedissonOptions options,
      ExecutorService thread,
      ConnectionListener listener,
      int commands,
      int subscriptions) {
    Config config = new Config(base);
    config.setCodec(ByteArrayCodec.INSTANCE);
    config.setNameMapper(AS_IT_IS);
    config.setKeepPubSubOrder(false);
    config.setExecutor(thread);
    config.setNettyThreads(NETTY_THREADS);
    config.setNettyExecutor(null);
    config.setEventLoopGroup(null);
    config.setLazyInitialization(false);
    config.setConnectionListener(listener);
    switch (kind(config)) {
      case SINGLE -> single(common(config.useSingleServer(), options), commands, subscriptions);
      case SENTINEL -> {
        // One that answers will do: it knows the master.
        config.useSentinelServers().setCheckSentinelsList(false);
        replicas(common(config.useSentinelServers(), options), commands, subscriptions);
      }
      case CLUSTER -> {
        // The masters that are there are of use without the others, which are found soon.
        config
            .useClusterServers()
            .setCheckSlotsCoverage(false)
            .setScanInterval(Math.toIntExact(LATEST.toMillis()));
        replicas(common(config.useClusterServers(), options), commands, subscriptions);
      }
    }
    return config;
  }

  static RedisUri.Kind kind(Config config) {
    if (config.isSingleConfig()) {
      return RedisUri.Kind.SINGLE;
    }
    if (config.isSentinelConfig()) {
      return RedisUri.Kind.SENTINEL;
    }
    if (config.isClusterConfig()) {
      return RedisUri.Kind.CLUSTER;
    }
    throw new IllegalArgumentException(
        "Redisson's configuration is for none of single server, sentinel and cluster, expected one"
            + " of them");
  }

  private static <T extends BaseConfig<T>> T common(T servers, RedissonOptions options) {
    return servers
        // Whether a message that timed out was published is unknown, so none is written twice.
        .setRetryAttempts(0)
        .setTimeout(Math.toIntExact(options.publishTimeout().toMillis()))
        .setConnectTimeout(Math.toIntExact(options.startTimeout().toMillis()))
        .setPingConnectionInterval(pingMillis(options))
        .setSubscriptionTimeout(Math.toIntExact(options.startTimeout().toMillis()))
        // Nothing is tried again; but Redisson derives how often its timer ticks from this.
        .setRetryDelay(new ConstantDelay(LATEST))
        .setReconnectionDelay(new EqualJitterDelay(SOONEST, LATEST))
        .setSubscriptionsPerConnection(SUBSCRIPTIONS);
  }

  /**
   * How often a connection is asked whether it lives; it is given up when the next question is due
   * and the last one was not answered. Below the time that a publish may wait, so that a host which
   * is gone without a word is noticed before everything fails.
   */
  private static int pingMillis(RedissonOptions options) {
    return Math.clamp(
        options.publishTimeout().dividedBy(3).toMillis(), OFTENEST_PING_MILLIS, RAREST_PING_MILLIS);
  }

  private static void single(SingleServerConfig servers, int commands, int subscriptions) {
    servers
        .setConnectionPoolSize(1)
        .setConnectionMinimumIdleSize(commands)
        .setSubscriptionConnectionPoolSize(1)
        .setSubscriptionConnectionMinimumIdleSize(subscriptions);
  }

  /** Masters only: what is published there reaches those who hear there, in order. */
  private static <T extends BaseMasterSlaveServersConfig<T>> void replicas(
      T servers, int commands, int subscriptions) {
    servers
        .setReadMode(ReadMode.MASTER)
        .setSubscriptionMode(SubscriptionMode.MASTER)
        .setMasterConnectionPoolSize(1)
        .setMasterConnectionMinimumIdleSize(commands)
        .setSubscriptionConnectionPoolSize(1)
        .setSubscriptionConnectionMinimumIdleSize(subscriptions);
  }
}
