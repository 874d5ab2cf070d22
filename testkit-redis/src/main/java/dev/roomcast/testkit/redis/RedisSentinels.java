package dev.roomcast.testkit.redis;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A master and its replica on loopback, and two sentinels that watch them; always processes of its
 * own: of the {@code redis-server} on the path, or the embedded one. Not thread-safe.
 */
public final class RedisSentinels implements AutoCloseable {
  private static final String NAME = "main";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<RedisProcess> servers = new ArrayList<>();
  private final List<RedisProcess> sentinels = new ArrayList<>();

  private RedisSentinels() {}

  /** Starts them; returns when the sentinels know of each other and of the replica. */
  public static RedisSentinels start() {
    RedisSentinels all = new RedisSentinels();
    // Without the 5 s that a master waits for further replicas.
    RedisProcess master = RedisProcess.start("--repl-diskless-sync-delay", "0");
    all.servers.add(master);
    all.servers.add(
        RedisProcess.start("--replicaof", "127.0.0.1", Integer.toString(master.port())));
    List<String> configuration =
        List.of(
            "sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 1",
            "sentinel down-after-milliseconds " + NAME + " 1000",
            "sentinel failover-timeout " + NAME + " 3000");
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> all.servers.getLast(), RedisSentinels::isReplicating);
    for (int i = 0; i < 2; i++) {
      all.sentinels.add(RedisProcess.startSentinel(configuration));
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> all.sentinels.stream().allMatch(RedisSentinels::knowsAll));
    return all;
  }

  private static boolean isReplicating(RedisProcess server) {
    try (RespClient client = server.client()) {
      return String.valueOf(client.call("INFO", "replication")).contains("master_link_status:up");
    }
  }

  private static boolean knowsAll(RedisProcess sentinel) {
    try (RespClient client = sentinel.client()) {
      return size(client.call("SENTINEL", "SENTINELS", NAME)) == 1
          && size(client.call("SENTINEL", "REPLICAS", NAME)) == 1;
    }
  }

  private static int size(@Nullable Object answer) {
    return answer instanceof List<?> list ? list.size() : 0;
  }

  /** Makes the replica the master, as an operator would; returns when the sentinels agree. */
  public void failOver() {
    int before = masterPort(sentinels.getFirst());
    try (RespClient client = sentinels.getFirst().client()) {
      Object answer = client.call("SENTINEL", "FAILOVER", NAME);
      if (!"OK".equals(answer)) {
        throw new IllegalStateException("the sentinel said " + answer + ", expected OK");
      }
    }
    awaitOtherMaster(before);
  }

  /** Kills the master; returns when the sentinels have made the replica the master. */
  public void killMaster() {
    int before = masterPort(sentinels.getFirst());
    servers.stream().filter(server -> server.port() == before).forEach(RedisProcess::kill);
    awaitOtherMaster(before);
  }

  /** Kills all sentinels but one. */
  public void leaveOneSentinel() {
    sentinels.stream().skip(1).forEach(RedisProcess::kill);
  }

  private void awaitOtherMaster(int before) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> sentinels.stream().allMatch(sentinel -> masterPort(sentinel) != before));
  }

  private static int masterPort(RedisProcess sentinel) {
    try (RespClient client = sentinel.client()) {
      Object answer = client.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
      if (answer instanceof List<?> address && address.size() == 2) {
        return Integer.parseInt(String.valueOf(address.getLast()));
      }
      throw new IllegalStateException("the sentinel said " + answer + ", expected an address");
    }
  }

  /** The server that the sentinels call the master. */
  public RedisProcess master() {
    int port = masterPort(sentinels.getFirst());
    return servers.stream().filter(server -> server.port() == port).findFirst().orElseThrow();
  }

  /** Where the sentinels are, and what they call the master. */
  public URI uri() {
    return URI.create(
        "redis+sentinel://127.0.0.1:"
            + sentinels.getFirst().port()
            + ",127.0.0.1:"
            + sentinels.getLast().port()
            + "/"
            + NAME);
  }

  @Override
  public void close() {
    sentinels.forEach(RedisProcess::close);
    servers.forEach(RedisProcess::close);
  }
}
