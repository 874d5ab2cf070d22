package dev.roomcast.core.internal.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class RoomIndexTest {
  private static final List<String> NAMES = List.of("a", "b", "c");

  /** Fails where gains and losses of one name do not alternate. */
  private static final class StrictInterest implements Interest {
    private final Map<String, Boolean> here = new ConcurrentHashMap<>();

    @Override
    public void gained(String name) {
      assertThat(here.put(name, true)).isNull();
    }

    @Override
    public void lost(String name) {
      assertThat(here.remove(name)).isEqualTo(true);
    }

    @Override
    public CompletableFuture<Void> confirmed(Collection<String> names) {
      return CompletableFuture.completedFuture(null);
    }
  }

  private final StrictInterest interest = new StrictInterest();
  private final RoomIndex<String> index = new RoomIndex<>(interest);

  @Test
  void keepsNothingOnceEveryClaimWasGivenBack() {
    Room<String> room = index.claim("a", "loop");
    assertThat(index.claim("a", "loop")).isSameAs(room);

    index.release(room, "loop");
    assertThat(index.find("a")).containsSame(room);
    index.release(room, "loop");

    assertThat(index.contains("a")).isFalse();
    assertThat(index.names()).isEmpty();
    assertThat(room.loops()).isEmpty();
    assertThat(interest.here).isEmpty();
  }

  @Test
  void countsClaimsOfAllLoopsAgainstALimit() {
    assertThat(index.claim("u", "one", 2)).isNotNull();
    Room<String> room = index.claim("u", "two", 2);

    assertThat(index.claim("u", "three", 2)).isNull();
    index.release(room, "two");
    assertThat(index.claim("u", "three", 2)).isNotNull();
    assertThat(room.loops()).containsExactlyInAnyOrder("one", "three");
  }

  @Test
  void leavesNothingBehindWhereALimitRefusesTheFirst() {
    assertThat(index.claim("u", "one", 0)).isNull();

    assertThat(index.names()).isEmpty();
    assertThat(interest.here).isEmpty();
  }

  @Test
  void refusesToReleaseWhatNobodyClaimed() {
    Room<String> room = index.claim("a", "one");

    assertThatIllegalStateException().isThrownBy(() -> index.release(room, "two"));
  }

  /** Claims for a loop, or gives back one of the claims that are open. */
  record Step(boolean claim, String name, int loop) {}

  private record Claim(Room<String> room, String loop) {}

  @Property
  void mirrorsTheOpenClaims(@ForAll("steps") List<Step> steps) {
    StrictInterest followed = new StrictInterest();
    RoomIndex<String> tested = new RoomIndex<>(followed);
    List<Claim> open = new ArrayList<>();
    for (Step step : steps) {
      if (step.claim()) {
        String loop = "loop-" + step.loop();
        open.add(new Claim(tested.claim(step.name(), loop), loop));
      } else if (!open.isEmpty()) {
        Claim back = open.remove(step.loop() % open.size());
        tested.release(back.room(), back.loop());
      }
      for (String name : NAMES) {
        List<String> loops =
            open.stream()
                .filter(c -> c.room().name().equals(name))
                .map(Claim::loop)
                .distinct()
                .toList();
        assertThat(tested.find(name).map(Room::loops).orElse(List.of()))
            .containsExactlyInAnyOrderElementsOf(loops);
        assertThat(tested.contains(name)).isEqualTo(!loops.isEmpty());
        assertThat(followed.here.containsKey(name)).isEqualTo(!loops.isEmpty());
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(NAMES),
            Arbitraries.integers().between(0, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Test
  void survivesClaimsAndReleasesOfManyThreads() throws InterruptedException {
    int threads = 4;
    CountDownLatch start = new CountDownLatch(1);
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Random random = new Random(i);
      String loop = "loop-" + i % 2;
      workers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                      claimAndRelease(random, loop);
                    } catch (Throwable failed) {
                      failures.add(failed);
                    }
                  }));
    }
    start.countDown();
    for (Thread worker : workers) {
      worker.join();
    }

    assertThat(failures).isEmpty();
    assertThat(index.names()).isEmpty();
    assertThat(interest.here).isEmpty();
  }

  private void claimAndRelease(Random random, String loop) {
    Deque<Room<String>> mine = new ArrayDeque<>();
    for (int step = 0; step < 50_000; step++) {
      if (mine.isEmpty() || random.nextInt(3) == 0) {
        Room<String> room = index.claim(NAMES.get(random.nextInt(NAMES.size())), loop);
        assertThat(room.loops()).contains(loop);
        mine.add(room);
      } else {
        index.release(mine.remove(), loop);
      }
    }
    mine.forEach(room -> index.release(room, loop));
  }
}
