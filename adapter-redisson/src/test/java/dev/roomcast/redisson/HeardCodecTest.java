package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.handler.State;

final class HeardCodecTest {
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicInteger heard = new AtomicInteger();
  private final CompletableFuture<Void> released = new CompletableFuture<>();
  private final ListenerThread listeners = new ListenerThread(dropped::addAndGet);
  private final HeardCodec codec =
      new HeardCodec(listeners, RedissonOptions.defaults().withHeard(3, 1_000));

  @AfterEach
  void end() {
    released.complete(null);
    listeners.shutdown();
  }

  private void block() {
    listeners.execute(released::join);
    await().until(() -> listeners.getQueue().isEmpty());
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
    block();
    for (int i = 0; i < 1_000; i++) {
      hear(1);
    }
    assertThat(listeners.getQueue()).hasSize(4); // three messages, and the word of what is lost
    released.complete(null);

    await().until(() -> dropped.get() == 997);
    assertThat(heard).hasValue(3);
  }

  @Test
  void letsPassWhatIsNoMessageWhileMessagesAreDropped() throws IOException {
    block();
    for (int i = 0; i < 10; i++) {
      hear(1);
    }
    CompletableFuture<Void> subscribed = new CompletableFuture<>();
    listeners.execute(() -> subscribed.complete(null));
    released.complete(null);

    await().until(subscribed::isDone);
    assertThat(dropped).hasValue(7);
  }

  @Test
  void hearsAgainOnceThereIsRoom() throws IOException {
    block();
    for (int i = 0; i < 3; i++) {
      hear(600); // the third is beyond the bytes
    }
    released.complete(null);
    await().until(() -> dropped.get() == 1);
    hear(600);

    await().until(() -> heard.get() == 3);
    assertThat(dropped).hasValue(1);
  }
}
