package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.NameMapper;
import org.redisson.config.ReadMode;
import org.redisson.config.SingleServerConfig;
import org.redisson.config.SubscriptionMode;

/** What Redisson is told. */
final class ClientConfigsTest {
  private static final RedissonOptions OPTIONS =
      RedissonOptions.defaults()
          .withStartTimeout(Duration.ofSeconds(3))
          .withWaiting(1, 1, Duration.ofSeconds(7));

  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    thread.shutdown();
  }

  private Config publishing(Config base) {
    return ClientConfigs.publishing(base, OPTIONS, thread, new NodeWatch(up -> {}));
  }

  private Config hearing(Config base) {
    return ClientConfigs.hearing(
        base,
        OPTIONS,
        thread,
        new NodeWatch(up -> {}),
        new KeptListeners(base.getNettyHook(), thread));
  }

  private static Config of(String uri) {
    return ClientConfigs.of(RedisUri.parse(URI.create(uri)));
  }

  private void assertCommon(Config config, BaseConfig<?> servers) {
    assertThat(config.isKeepPubSubOrder()).isFalse();
    assertThat(config.getExecutor()).isSameAs(thread);
    assertThat(config.getNameMapper().map("ws:room:a")).isEqualTo("ws:room:a");
    assertThat(servers.getRetryAttempts()).isZero();
    assertThat(servers.getTimeout()).isEqualTo(7_000);
    assertThat(servers.getConnectTimeout()).isEqualTo(3_000);
    assertThat(servers.getPingConnectionInterval()).isEqualTo(2_333);
    assertThat(servers.getSubscriptionsPerConnection()).isEqualTo(10_000_000);
  }

  @Test
  void givesEachClientOfASingleServerOneConnection() {
    Config publishing = publishing(of("rediss://ann:pw@h:1/2"));
    SingleServerConfig commands = publishing.useSingleServer();
    assertCommon(publishing, commands);
    assertThat(commands.getAddress()).isEqualTo("rediss://h:1");
    assertThat(commands.getDatabase()).isEqualTo(2);
    assertThat(publishing.getUsername()).isEqualTo("ann");
    assertThat(publishing.getPassword()).isEqualTo("pw");
    assertThat(commands.getConnectionPoolSize()).isEqualTo(1);
    assertThat(commands.getConnectionMinimumIdleSize()).isEqualTo(1);
    assertThat(commands.getSubscriptionConnectionMinimumIdleSize()).isZero();

    SingleServerConfig subscriptions = hearing(of("redis://h:1")).useSingleServer();
    assertThat(subscriptions.getConnectionMinimumIdleSize()).isZero();
    assertThat(subscriptions.getSubscriptionConnectionPoolSize()).isEqualTo(1);
    assertThat(subscriptions.getSubscriptionConnectionMinimumIdleSize()).isEqualTo(1);
  }

  @Test
  void asksWhetherAConnectionLivesEveryOneToFiveSeconds() {
    assertThat(pingOf(Duration.ofMillis(1))).isEqualTo(1_000);
    assertThat(pingOf(Duration.ofSeconds(10))).isEqualTo(3_333);
    assertThat(pingOf(Duration.ofHours(1))).isEqualTo(5_000);
  }

  private int pingOf(Duration publishTimeout) {
    RedissonOptions options = RedissonOptions.defaults().withWaiting(1, 1, publishTimeout);
    return ClientConfigs.publishing(of("redis://h:1"), options, thread, new NodeWatch(up -> {}))
        .useSingleServer()
        .getPingConnectionInterval();
  }

  @Test
  void staysWithMastersBehindSentinels() {
    Config theirs = of("redis+sentinel://a,b:1/main/3");
    theirs
        .useSentinelServers()
        .setReadMode(ReadMode.SLAVE)
        .setSubscriptionMode(SubscriptionMode.SLAVE);
    Config config = publishing(theirs);
    var sentinels = config.useSentinelServers();
    assertCommon(config, sentinels);
    assertMasters(sentinels);
    assertThat(sentinels.getSentinelAddresses()).containsExactly("redis://a:26379", "redis://b:1");
    assertThat(sentinels.getMasterName()).isEqualTo("main");
    assertThat(sentinels.getDatabase()).isEqualTo(3);
    assertThat(sentinels.isCheckSentinelsList()).isFalse();
  }

  @Test
  void staysWithMastersInACluster() {
    Config config = publishing(of("rediss+cluster://a,b:1"));
    var cluster = config.useClusterServers();
    assertCommon(config, cluster);
    assertMasters(cluster);
    assertThat(cluster.getNodeAddresses()).containsExactly("rediss://a:6379", "rediss://b:1");
    assertThat(cluster.isCheckSlotsCoverage()).isFalse();
    assertThat(cluster.getScanInterval()).isEqualTo(1_000);
  }

  @Test
  void takesBackWhatIsNotAnsweredBeforeItIsGivenUp() {
    SingleServerConfig servers = hearing(of("redis://h")).useSingleServer();

    assertThat(servers.getTimeout()).isEqualTo(3_000);
    assertThat(servers.getSubscriptionTimeout()).isEqualTo(6_000);
  }

  private static void assertMasters(BaseMasterSlaveServersConfig<?> servers) {
    assertThat(servers.getReadMode()).isEqualTo(ReadMode.MASTER);
    assertThat(servers.getSubscriptionMode()).isEqualTo(SubscriptionMode.MASTER);
    assertThat(servers.getMasterConnectionPoolSize()).isEqualTo(1);
    assertThat(servers.getSubscriptionConnectionPoolSize()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis://h", "redis+sentinel://a/main", "redis+cluster://a"})
  void pingsOnlyWhereNothingIsHeard(String uri) {
    Config hearing = hearing(of(uri));
    BaseConfig<?> servers =
        hearing.isSingleConfig()
            ? hearing.useSingleServer()
            : hearing.isSentinelConfig()
                ? hearing.useSentinelServers()
                : hearing.useClusterServers();
    assertThat(servers.getPingConnectionInterval())
        .as("but once, when it connects")
        .isEqualTo(Integer.MAX_VALUE);

    assertThat(publishing(of("redis://h")).useSingleServer().getPingConnectionInterval())
        .isPositive();
  }

  @Test
  void leavesTheApplicationsConfigurationAlone() {
    Config theirs = new Config();
    theirs.setNettyThreads(5);
    theirs.setNameMapper(
        new NameMapper() {
          @Override
          public String map(String name) {
            return "app:" + name;
          }

          @Override
          public String unmap(String name) {
            return name.substring(4);
          }
        });
    theirs.useSingleServer().setAddress("redis://h:1").setConnectionPoolSize(64);
    Config ours = publishing(theirs);

    assertCommon(ours, ours.useSingleServer());
    assertThat(theirs.getNettyThreads()).isEqualTo(5);
    assertThat(theirs.useSingleServer().getConnectionPoolSize()).isEqualTo(64);
    assertThat(theirs.getNameMapper().map("a")).isEqualTo("app:a");
  }

  @Test
  void refusesWhatIsNoneOfTheThree() {
    Config replicated = new Config();
    replicated.useReplicatedServers().addNodeAddress("redis://h:1");

    assertThatThrownBy(() -> RedissonBus.configured(replicated, OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one of them");
  }
}
