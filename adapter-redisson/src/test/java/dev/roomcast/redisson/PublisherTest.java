package dev.roomcast.redisson;

import static dev.roomcast.redisson.Buses.join;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.testkit.redis.RedisProcess;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.DefaultNettyHook;
import org.redisson.client.RedisConnectionException;
import org.redisson.config.Config;

final class PublisherTest {
  private final RedisProcess redis = RedisProcess.start();
  private final ListenerThread listeners = new ListenerThread(dropped -> {});
  private final List<Channel> channels = new CopyOnWriteArrayList<>();
  private final Set<Thread> writing = ConcurrentHashMap.newKeySet();
  private final Publisher publisher = connect();

  @AfterEach
  void end() {
    publisher.shutDown();
    listeners.shutdown();
    redis.close();
  }

  private Publisher connect() {
    RedissonOptions options = RedissonOptions.defaults();
    Config base = ClientConfigs.of(RedisUri.parse(redis.uri()));
    base.setNettyHook(
        new DefaultNettyHook() {
          @Override
          public void afterChannelInitialization(Channel channel) {
            channels.add(channel);
          }
        });
    Config config =
        ClientConfigs.publishing(base, options, listeners, new NodeWatch(connected -> {}));
    return Publisher.connect(config, options, this::noted);
  }

  private Line noted(Line line) {
    return batch -> {
      writing.add(Thread.currentThread());
      return line.write(batch);
    };
  }

  private CompletionStage<Long> publish() {
    return publisher.publish("room:a", "text".getBytes(UTF_8));
  }

  @Test
  void writesAndIsAnsweredOnTheThreadOfItsConnection() throws Exception {
    redis.freeze(); // no answer comes before somebody waits for it
    CompletableFuture<Boolean> knows = new CompletableFuture<>();
    CompletableFuture<Thread> answering = new CompletableFuture<>();
    var told =
        publish()
            .thenRun(
                () -> {
                  knows.complete(publisher.answers());
                  answering.complete(Thread.currentThread());
                });
    redis.thaw();

    join(told);
    assertThat(join(knows)).isTrue();
    assertThat(publisher.answers()).isFalse();
    assertThat(writing).containsExactly(join(answering));
    assertThat(channels).hasSize(1);
    assertThat(channels.getFirst().eventLoop().inEventLoop(join(answering))).isTrue();
  }

  @Test
  void staysOnItsThreadWhereTheConnectionIsNew() throws Exception {
    for (int connections = 2; connections <= 4; connections++) {
      channels.getLast().close().sync();
      int expected = connections;
      await().until(() -> channels.size() == expected && channels.getLast().isActive());
      join(publish());
    }

    assertThat(channels)
        .extracting(Channel::eventLoop)
        .containsOnly(channels.getFirst().eventLoop());
    assertThat(writing).hasSize(1);
  }

  @Test
  void endsItsThreadWithIt() throws Exception {
    join(publish());
    publisher.shutDown();

    assertThat(channels.getFirst().eventLoop().awaitTermination(10, SECONDS)).isTrue();
  }

  @Test
  void leavesNoThreadWhereItCannotConnect() {
    redis.close();

    assertThatThrownBy(this::connect).isInstanceOf(RedisConnectionException.class);
    assertThat(channels.getLast().eventLoop().isShuttingDown()).isTrue();
  }
}
