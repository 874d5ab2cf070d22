package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.handler.State;

final class HeardCodecTest {
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicInteger heard = new AtomicInteger();
  private final List<CompletableFuture<Void>> blocks = new ArrayList<>();
  private final ListenerThread listeners = new ListenerThread(dropped::addAndGet);
  private final HeardCodec codec =
      new HeardCodec(listeners, RedissonOptions.defaults().withHeard(3, 1_000));

  @AfterEach
  void end() {
    blocks.forEach(block -> block.complete(null));
    listeners.shutdown();
  }

  /** The listener's turn is taken until the stage completes. */
  private CompletableFuture<Void> block() {
    CompletableFuture<Void> block = blockLater();
    await().until(() -> listeners.getQueue().isEmpty());
    return block;
  }

  private CompletableFuture<Void> blockLater() {
    CompletableFuture<Void> block = new CompletableFuture<>();
    blocks.add(block);
    listeners.execute(block::join);
    return block;
  }

  /** What Redisson does with a message. */
  private void hear(int size) throws IOException {
    Object payload =
        codec.getValueDecoder().decode(Unpooled.wrappedBuffer(new byte[size]), new State());
    listeners.execute(
        () -> {
          if (payload instanceof HeardPayload told) {
            codec.delivered(told.bytes().length);
            heard.incrementAndGet();
          }
        });
  }

  @Test
  void boundsTheTasksThatWaitForAListenerThatIsStuck() throws IOException {
    CompletableFuture<Void> block = block();
    for (int i = 0; i < 1_000; i++) {
      hear(1);
    }
    assertThat(listeners.getQueue()).hasSize(4); // three messages, and the word of what is lost
    block.complete(null);

    await().until(() -> dropped.get() == 997);
    assertThat(heard).hasValue(3);
  }

  @Test
  void letsPassWhatIsNoMessageWhileMessagesAreDropped() throws IOException {
    CompletableFuture<Void> block = block();
    for (int i = 0; i < 10; i++) {
      hear(1);
    }
    CompletableFuture<Void> subscribed = new CompletableFuture<>();
    listeners.execute(() -> subscribed.complete(null));
    block.complete(null);

    await().until(subscribed::isDone);
    assertThat(dropped).hasValue(7);
  }

  @Test
  void hearsAgainOnceThereIsRoom() throws IOException {
    CompletableFuture<Void> block = block();
    for (int i = 0; i < 3; i++) {
      hear(600); // the third is beyond the bytes
    }
    block.complete(null);
    await().until(() -> dropped.get() == 1);
    hear(600);

    await().until(() -> heard.get() == 3);
    assertThat(dropped).hasValue(1);
  }

  @Test
  void countsBytesUntilTheyAreDelivered() throws IOException {
    CompletableFuture<Void> block = block();
    hear(600);
    CompletableFuture<Void> later = blockLater();
    hear(600);
    block.complete(null);
    await().until(() -> heard.get() == 1 && listeners.getQueue().size() == 1);
    hear(600);
    later.complete(null);

    await().until(() -> heard.get() == 3);
    assertThat(dropped).hasValue(0);
  }

  @Test
  void doesNotCountBytesThatAreDropped() throws IOException {
    CompletableFuture<Void> block = block();
    hear(1);
    hear(1);
    CompletableFuture<Void> later = blockLater();
    hear(2_000); // the fourth task
    block.complete(null);
    await().until(() -> heard.get() == 2 && listeners.getQueue().size() == 1);
    hear(1);
    later.complete(null);

    await().until(() -> heard.get() == 3);
    assertThat(dropped).hasValue(1);
  }

  @Test
  void forgetsBytesThatNobodyWasLeftToTell() throws IOException {
    for (int i = 0; i < 2; i++) {
      var unused =
          codec.getValueDecoder().decode(Unpooled.wrappedBuffer(new byte[600]), new State());
    }
    hear(600);

    await().until(() -> heard.get() == 1);
    assertThat(dropped).hasValue(0);
  }

  @Test
  void countsEachTimeThatSomethingIsDropped() throws IOException {
    for (int round = 1; round <= 2; round++) {
      CompletableFuture<Void> block = block();
      for (int i = 0; i < 5; i++) {
        hear(1);
      }
      block.complete(null);
      int sofar = 2 * round;
      await().until(() -> dropped.get() == sofar);
    }
  }

  @Test
  void dropsNoneForAnotherThatWasNeverHandedOver() throws IOException {
    CompletableFuture<Void> block = block();
    for (int i = 0; i < 3; i++) {
      hear(1);
    }
    var unused = codec.getValueDecoder().decode(Unpooled.wrappedBuffer(new byte[1]), new State());
    block.complete(null);
    await().until(() -> heard.get() == 3 && listeners.getQueue().isEmpty());
    hear(1);

    await().until(() -> heard.get() == 4);
  }

  @Test
  void leavesWhatComesAfterTheEnd() {
    listeners.shutdown();
    listeners.execute(heard::incrementAndGet);

    assertThat(listeners.getQueue()).isEmpty();
  }
}
