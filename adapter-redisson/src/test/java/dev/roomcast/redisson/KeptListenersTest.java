package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.bus.BusSubscription;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.ChannelName;
import org.redisson.client.DefaultNettyHook;
import org.redisson.client.RedisClientConfig;
import org.redisson.client.RedisPubSubConnection;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.handler.CommandPubSubDecoder;
import org.redisson.client.handler.CommandsQueuePubSub;
import org.redisson.client.protocol.pubsub.PubSubMessage;
import org.redisson.client.protocol.pubsub.PubSubPatternMessage;
import org.redisson.client.protocol.pubsub.PubSubStatusMessage;
import org.redisson.client.protocol.pubsub.PubSubType;

/** What is told on a connection, where the answers come as the test says. */
final class KeptListenersTest {
  private static final ChannelName ROOM = new ChannelName("room:*");

  private final Deque<Runnable> turns = new ArrayDeque<>(); // of the thread that runs listeners
  private final List<String> heard = new ArrayList<>();
  private final List<BusSubscription> ended = new ArrayList<>();
  private final KeptListeners kept = new KeptListeners(new DefaultNettyHook(), turns::add);
  private EmbeddedChannel channel = newChannel();
  private final RedisPubSubConnection connection =
      new RedisPubSubConnection(null, channel, new CompletableFuture<>());

  @BeforeEach
  void listen() {
    kept.tell(
        (name, payload) -> heard.add(new String(payload.bytes(), StandardCharsets.UTF_8)),
        ended::add);
  }

  private EmbeddedChannel newChannel() {
    EmbeddedChannel created = new EmbeddedChannel();
    RedisClientConfig config = new RedisClientConfig().setAddress("redis://localhost:6379");
    created.pipeline().addLast(new CommandPubSubDecoder(config), new CommandsQueuePubSub());
    kept.afterChannelInitialization(created);
    return created;
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  private void subscribe() {
    var unused = connection.subscribe(ByteArrayCodec.INSTANCE, ROOM);
    sent();
  }

  private void unsubscribe() {
    var unused = connection.unsubscribe(PubSubType.UNSUBSCRIBE, ROOM);
    sent();
  }

  /** Something has come, whereupon Redisson sends the next command. */
  private void sent() {
    channel.pipeline().get(CommandsQueuePubSub.class).sendNextCommand(channel);
  }

  private void answer(PubSubType type) {
    connection.onMessage(new PubSubStatusMessage(type, ROOM));
  }

  private void takeTurns() {
    while (!turns.isEmpty()) {
      turns.remove().run();
    }
  }

  private static HeardPayload payload(String text) {
    return new HeardPayload(text.getBytes(StandardCharsets.UTF_8));
  }

  private void message(String text) {
    connection.onMessage(new PubSubMessage(ROOM, payload(text)));
  }

  @Test
  void hearFromTheMomentTheSubscriptionIsSent() {
    subscribe();
    message("at once");

    assertThat(heard).containsExactly("at once");
  }

  @Test
  void hearOnceHoweverOftenTheSubscriptionIsSent() {
    subscribe();
    subscribe();
    message("once");

    assertThat(heard).containsExactly("once");
  }

  @Test
  void hearOnceByAConnectionThatRedissonMended() {
    subscribe();
    channel.finishAndReleaseAll();
    channel = newChannel();
    connection.updateChannel(channel);
    subscribe();
    message("once");

    assertThat(heard).containsExactly("once");
  }

  @Test
  void tellWhatWaitsWhenTheSubscriptionEnds() {
    subscribe();
    unsubscribe();
    message("on its way");
    answer(PubSubType.UNSUBSCRIBE);
    message("waits for its turn");
    takeTurns();
    message("after");

    assertThat(heard).containsExactly("on its way", "waits for its turn");
  }

  @Test
  void stayWhenTheSubscriptionBeforeTheirsEndsLate() {
    subscribe();
    unsubscribe();
    answer(PubSubType.UNSUBSCRIBE); // as Redisson says where none came in time
    takeTurns();
    subscribe();
    answer(PubSubType.UNSUBSCRIBE);
    takeTurns();
    message("heard");

    assertThat(heard).containsExactly("heard");
  }

  @Test
  void endThoughTheirSubscriptionWasSentTwice() {
    subscribe();
    subscribe();
    unsubscribe();
    answer(PubSubType.UNSUBSCRIBE);
    takeTurns();
    message("after");

    assertThat(heard).isEmpty();
  }

  @Test
  void tellAPatternFromAChannelOfTheSameName() {
    var unused = connection.psubscribe(ByteArrayCodec.INSTANCE, ROOM);
    sent();
    subscribe();
    unsubscribe();
    answer(PubSubType.UNSUBSCRIBE);
    takeTurns();
    connection.onMessage(
        new PubSubPatternMessage(ROOM, new ChannelName("room:a"), payload("by the pattern")));

    assertThat(heard).containsExactly("by the pattern");
    assertThat(ended).containsExactly(new BusSubscription.Channel("room:*"));
  }

  @Test
  void endByTheAnswerToTheirKind() {
    subscribe();
    unsubscribe();
    answer(PubSubType.PUNSUBSCRIBE);
    takeTurns();
    message("on its way");

    assertThat(heard).containsExactly("on its way");
  }

  @Test
  void tellWhichSubscriptionEnds() {
    var unused = connection.unsubscribe(PubSubType.PUNSUBSCRIBE, ROOM);

    assertThat(ended).containsExactly(new BusSubscription.Prefix("room:"));
  }
}
