package dev.roomcast.testkit.redis;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of three masters on loopback, always of processes of its own: of the {@code
 * redis-server} on the path, or the embedded one. Not thread-safe.
 */
public final class RedisCluster implements AutoCloseable {
  private static final int NODES = 3;
  private static final int SLOTS = 16_384;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<RedisProcess> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** Starts one; returns when every node knows where everything is. */
  public static RedisCluster start() {
    RedisCluster cluster = new RedisCluster();
    IntStream.range(0, NODES).forEach(i -> cluster.nodes.add(RedisProcess.startNode()));
    for (int i = 0; i < NODES; i++) {
      cluster.introduce(i);
    }
    cluster.awaitWhole();
    return cluster;
  }

  private void introduce(int which) {
    try (RespClient node = nodes.get(which).client()) {
      // Otherwise all begin with the same epoch, and first have to agree on another.
      expectOk(node.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(which + 1)));
      List<String> slots = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      for (int slot = which; slot < SLOTS; slot += NODES) {
        slots.add(Integer.toString(slot));
      }
      expectOk(node.call(slots.toArray(String[]::new)));
      for (RedisProcess other : nodes.subList(0, which)) {
        expectOk(node.call("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port())));
      }
    }
  }

  private static void expectOk(@Nullable Object answer) {
    if (!"OK".equals(answer)) {
      throw new IllegalStateException("a node of a cluster said " + answer + ", expected OK");
    }
  }

  /** Waits until every node says that the cluster is whole. */
  public void awaitWhole() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> nodes.stream().allMatch(RedisCluster::isWhole));
  }

  private static boolean isWhole(RedisProcess process) {
    try (RespClient node = process.client()) {
      String info = String.valueOf(node.call("CLUSTER", "INFO"));
      return info.contains("cluster_state:ok")
          && info.contains("cluster_known_nodes:" + NODES)
          && info.contains("cluster_size:" + NODES);
    }
  }

  /** One of its three nodes. */
  public RedisProcess node(int which) {
    return nodes.get(which);
  }

  /** Which node is the master of a channel's slot. */
  public int nodeOf(String channel) {
    try (RespClient node = nodes.getFirst().client()) {
      Object slot = node.call("CLUSTER", "KEYSLOT", channel);
      return Integer.parseInt(String.valueOf(slot)) % NODES;
    }
  }

  /** Where its nodes are. */
  public URI uri() {
    return URI.create(
        nodes.stream()
            .map(node -> "127.0.0.1:" + node.port())
            .collect(Collectors.joining(",", "redis+cluster://", "")));
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
