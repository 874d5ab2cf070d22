package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BacklogTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Backlog backlog =
      new Backlog(RedissonOptions.defaults().withWaiting(12, 1_200, LONG));

  private static int fill(Backlog.Share share, int size) {
    int taken = 0;
    while (share.add(size) == null) {
      taken++;
    }
    return taken;
  }

  @Test
  void givesTheOnlyQueueAllTheRoom() {
    assertThat(fill(backlog.whole(), 1)).isEqualTo(12);
    assertThat(backlog.whole().add(1)).isEqualTo("12 messages wait for Redis already");
  }

  @Test
  void givesTheOnlyQueueAllTheBytes() {
    assertThat(fill(backlog.whole(), 400)).isEqualTo(3);
    assertThat(backlog.whole().add(1)).contains("a message of 1 bytes");
  }

  @Test
  void keepsAsMuchRoomForOthersAsAQueueTakes() {
    Backlog.Share stuck = backlog.oneOfSeveral();
    assertThat(fill(stuck, 1)).isEqualTo(6);
    assertThat(stuck.add(1))
        .isEqualTo("6 messages wait for Redis already, 6 of them for the same master");

    assertThat(fill(backlog.oneOfSeveral(), 1)).as("of the other half").isEqualTo(3);
    assertThat(backlog.oneOfSeveral().add(1)).as("for a third").isNull();
  }

  @Test
  void keepsAsManyBytesForOthersAsAQueueTakes() {
    assertThat(fill(backlog.oneOfSeveral(), 200)).isEqualTo(3);
    assertThat(backlog.oneOfSeveral().add(600)).isNull();
  }

  @Test
  void takesOneAsLargeAsAllTheRoomWhereNothingWaits() {
    assertThat(backlog.oneOfSeveral().add(1_200)).isNull();
  }

  @Test
  void givesRoomBack() {
    Backlog.Share share = backlog.oneOfSeveral();
    fill(share, 100);
    for (int i = 0; i < 6; i++) {
      share.remove(100);
    }

    assertThat(fill(share, 100)).isEqualTo(6);
  }

  @Test
  void awaitsThatNothingWaitsInAnyQueue() {
    Backlog.Share one = backlog.oneOfSeveral();
    Backlog.Share other = backlog.oneOfSeveral();
    one.add(1);
    other.add(1);
    Thread waiting = Thread.ofPlatform().start(() -> backlog.awaitEmpty(LONG));
    await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    one.remove(1);
    // Whether it was woken shows as it waits again.
    await()
        .during(Duration.ofMillis(20))
        .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    other.remove(1);

    await().until(() -> !waiting.isAlive());
  }

  @Test
  void awaitsNoLongerThanTold() {
    backlog.whole().add(1);
    backlog.awaitEmpty(Duration.ofMillis(1));

    assertThat(backlog.whole().add(1)).as("it still counts").isNull();
  }

  @Test
  void awaitsNothingOnAThreadThatIsInterrupted() {
    backlog.whole().add(1);
    Thread.currentThread().interrupt();
    backlog.awaitEmpty(LONG);

    assertThat(Thread.interrupted()).as("and still is").isTrue();
  }
}
