package dev.roomcast.redisson;

import static dev.roomcast.redisson.Buses.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.port.bus.BusSubscription.Channel;
import dev.roomcast.port.bus.BusSubscription.Prefix;
import dev.roomcast.testkit.redis.TestRedis;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.client.BaseRedisPubSubListener;
import org.redisson.client.ChannelName;
import org.redisson.config.Config;
import org.redisson.pubsub.PubSubConnectionEntry;

/** On a Redis that others use, too. */
final class RedissonSubscriberTest {
  private static final RedissonOptions OPTIONS = RedissonOptions.defaults();

  private final ListenerThread listeners = new ListenerThread(dropped -> {});
  private final HeardCodec codec = new HeardCodec(listeners, OPTIONS);
  private final Redisson client = create();
  private final Subscriber subscriber = new RedissonSubscriber(client, codec);

  private Redisson create() {
    Config config = ClientConfigs.of(RedisUri.parse(TestRedis.uri()));
    KeptListeners kept = new KeptListeners(config.getNettyHook(), listeners);
    return (Redisson)
        Redisson.create(
            ClientConfigs.hearing(config, OPTIONS, listeners, new NodeWatch(up -> {}), kept));
  }

  @AfterEach
  void close() {
    subscriber.close();
    listeners.shutdown();
  }

  @Test
  void hasOneCommandForChannelsBehindTheSameLockAndOneForEachPrefix() {
    List<BusSubscription> all =
        List.of(new Channel("a"), new Prefix("a"), new Channel("b"), new Prefix("b"));
    List<BusSubscription> twice =
        List.of(new Channel("a"), new Channel("a"), new Prefix("a"), new Prefix("b"));

    assertThat(subscriber.together(all)).hasSize(4);
    assertThat(subscriber.together(twice))
        .containsExactly(
            List.of(new Channel("a"), new Channel("a")),
            List.of(new Prefix("a")),
            List.of(new Prefix("b")));
  }

  @Test
  void hasThoseThatComeAtOnceWaitForTheConnection() throws Exception {
    List<CompletionStage<Void>> stages =
        List.of(
            subscriber.subscribe(List.of(new Channel("a"), new Channel("b"))),
            subscriber.subscribe(List.of(new Channel("c"), new Channel("d"))),
            subscriber.subscribe(List.of(new Prefix("e"))));

    for (CompletionStage<Void> stage : stages) {
      join(stage);
    }
  }

  @Test
  void takesAPlaceOfTheConnectionForEachOfAGroup() throws Exception {
    join(subscriber.subscribe(List.of(new Channel("first"))));
    join(subscriber.subscribe(List.of(new Channel("a"), new Channel("b"), new Channel("c"))));
    join(subscriber.unsubscribe(new Channel("b")));
    join(subscriber.unsubscribe(new Channel("c")));
    PubSubConnectionEntry connection =
        client
            .getCommandExecutor()
            .getConnectionManager()
            .getSubscribeService()
            .subscribe(codec, new ChannelName("a"), new BaseRedisPubSubListener())
            .join()
            .getFirst();

    // Else Redisson would lend it to others.
    assertThat(connection.isFree()).isFalse();
  }
}
