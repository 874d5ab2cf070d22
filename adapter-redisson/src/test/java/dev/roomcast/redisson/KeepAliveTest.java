package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.testkit.redis.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** What the kernel does with the connections that hear, in its own words: proc_net_tcp(5). */
@EnabledOnOs(OS.LINUX)
final class KeepAliveTest {
  private static final int TICKS_A_SECOND = 100;

  /** One line of the kernel's table; numbers are hexadecimal. */
  private record Socket(String remote, String state, String timer) {
    static Socket of(String line) {
      List<String> fields = List.of(line.strip().split("\\s+", -1));
      return new Socket(fields.get(2), fields.get(3), fields.get(5));
    }

    boolean isConnectedTo(int port) {
      return remote.endsWith(String.format(":%04X", port)) && state.equals("01");
    }

    /** Until it is probed. */
    double seconds() {
      assertThat(timer).as("a timer of keep-alive").startsWith("02:");
      return (double) Long.parseLong(timer.substring(3), 16) / TICKS_A_SECOND;
    }
  }

  private static List<Socket> socketsTo(int port) throws IOException {
    return Stream.concat(lines("/proc/net/tcp"), lines("/proc/net/tcp6"))
        .map(Socket::of)
        .filter(socket -> socket.isConnectedTo(port))
        .toList();
  }

  private static Stream<String> lines(String table) throws IOException {
    Path file = Path.of(table);
    return Files.exists(file) ? Files.readAllLines(file).stream().skip(1) : Stream.empty();
  }

  @Test
  void isAtWorkOnEachConnectionThatHears() throws Exception {
    ListenerThread thread = new ListenerThread(dropped -> {});
    try (RedisProcess redis = RedisProcess.start()) {
      Config config = ClientConfigs.of(RedisUri.parse(redis.uri()));
      KeptListeners kept = new KeptListeners(config.getNettyHook(), thread);
      RedissonClient client =
          Redisson.create(
              ClientConfigs.hearing(
                  config, RedissonOptions.defaults(), thread, new NodeWatch(up -> {}), kept));
      assertThat(socketsTo(redis.port()))
          .isNotEmpty()
          .allSatisfy(socket -> assertThat(socket.seconds()).isLessThanOrEqualTo(3));
      client.shutdown();
    } finally {
      thread.shutdown();
    }
  }
}
