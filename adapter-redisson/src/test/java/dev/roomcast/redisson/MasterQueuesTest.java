package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.testkit.time.SimulatedLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster of masters that answer, refuse or keep silent. */
final class MasterQueuesTest {
  /** More than go out in one batch. */
  private static final int MANY = 2_000;

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final VirtualTime time = VirtualTime.inOrder();
  private final SimulatedLoop loop = time.newLoop("loop");
  private final Map<String, String> masterOf = new HashMap<>(Map.of("a", "A", "b", "B", "c", "B"));
  private final Set<String> refusing = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final List<String> written = new ArrayList<>();
  private final Deque<CompletableFuture<Long>> owed = new ArrayDeque<>();
  private final MasterQueues queues = queues(RedissonOptions.defaults());

  private MasterQueues queues(RedissonOptions options) {
    Backlog backlog = new Backlog(options);
    return new MasterQueues(
        masterOf::get,
        () -> new PublishQueue(LONGEST, backlog.oneOfSeveral(), this::write, loop, time));
  }

  private List<CompletionStage<Long>> write(List<Line.Message> batch) {
    return batch.stream().map(this::write).toList();
  }

  /** As Redis and Redisson do: by who is master now. */
  private CompletionStage<Long> write(Line.Message message) {
    String master = masterOf.get(message.channel());
    if (master == null || refusing.contains(master)) {
      return CompletableFuture.failedFuture(
          new Line.NotWritten(new IllegalStateException("refused")));
    }
    written.add(new String(message.payload(), StandardCharsets.UTF_8));
    if (silent.contains(master)) {
      CompletableFuture<Long> answer = new CompletableFuture<>();
      owed.add(answer);
      return answer;
    }
    return CompletableFuture.completedFuture(-1L);
  }

  private CompletableFuture<Long> publish(String channel, String text) {
    return queues.publish(channel, text.getBytes(StandardCharsets.UTF_8)).toCompletableFuture();
  }

  private List<CompletableFuture<Long>> publishMany(String channel) {
    return IntStream.range(0, MANY).mapToObj(i -> publish(channel, channel + i)).toList();
  }

  private void answer() {
    owed.forEach(each -> each.complete(-1L));
    owed.clear();
    time.runUntilIdle();
  }

  @Test
  void writesToOthersWhileAMasterRefuses() {
    refusing.add("B");
    List<CompletableFuture<Long>> stuck = publishMany("b");
    time.advance(Duration.ofSeconds(1));
    CompletableFuture<Long> behind = publish("a", "a");
    time.runUntilIdle();

    assertThat(behind).isCompletedWithValue(-1L);
    assertThat(stuck).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void writesToOthersWhileAMasterDoesNotAnswer() {
    silent.add("B");
    List<CompletableFuture<Long>> stuck = publishMany("b");
    CompletableFuture<Long> behind = publish("a", "a");
    time.runUntilIdle();

    assertThat(behind).isCompletedWithValue(-1L);
    assertThat(stuck).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void writesToOthersWhileAChannelHasNoMaster() {
    CompletableFuture<Long> lost = publish("nobody's", "lost");
    CompletableFuture<Long> behind = publish("a", "a");
    time.runUntilIdle();
    assertThat(lost).isNotDone();
    masterOf.put("nobody's", "C");
    time.advance(Duration.ofSeconds(1));

    assertThat(behind).isCompletedWithValue(-1L);
    assertThat(lost).isCompletedWithValue(-1L);
  }

  @Test
  void goesOnInOrderOnceAMasterIsBack() {
    refusing.add("B");
    List<CompletableFuture<Long>> stuck = publishMany("b");
    time.advance(Duration.ofSeconds(1));
    refusing.clear();
    time.advance(Duration.ofSeconds(1));

    assertThat(stuck).allMatch(stage -> !stage.isCompletedExceptionally());
    assertThat(written)
        .containsExactlyElementsOf(IntStream.range(0, MANY).mapToObj(i -> "b" + i).toList());
  }

  @Test
  void keepsTheOrderOfAChannelWhoseSlotMoves() {
    silent.add("B");
    var first = publish("b", "b0");
    time.runUntilIdle();
    var underWay = publish("b", "b1");
    answer();
    masterOf.put("b", "A");
    var behind = publish("b", "b2");
    time.runUntilIdle();
    assertThat(first).isDone();
    assertThat(written).as("not before the old master has answered").containsExactly("b0", "b1");
    answer();

    assertThat(written).containsExactly("b0", "b1", "b2");
    assertThat(List.of(underWay, behind)).allMatch(CompletableFuture::isDone);
  }

  @Test
  void followsAChannelOnceNothingOfItWaits() {
    silent.add("B");
    var before = publish("b", "b0");
    time.runUntilIdle();
    masterOf.put("b", "A");
    var stuck = publish("c", "c0");
    var behind = before.thenCompose(servers -> publish("b", "b1"));
    answer();

    assertThat(stuck).as("waits for the old master").isNotDone();
    assertThat(behind).isCompletedWithValue(-1L);
  }

  @Test
  void sharesTheRoomAndKeepsSomeForOthers() {
    MasterQueues narrow = queues(RedissonOptions.defaults().withWaiting(10, 1_000, LONGEST));
    silent.addAll(Set.of("A", "B"));
    List<CompletableFuture<Long>> stuck =
        IntStream.range(0, 10)
            .mapToObj(i -> narrow.publish("b", new byte[1]).toCompletableFuture())
            .toList();
    List<CompletableFuture<Long>> others =
        IntStream.range(0, 10)
            .mapToObj(i -> narrow.publish("a", new byte[1]).toCompletableFuture())
            .toList();
    time.runUntilIdle();

    assertThat(stuck.stream().filter(stage -> !stage.isDone())).hasSize(5);
    assertThat(others.stream().filter(stage -> !stage.isDone())).hasSize(3);
  }

  @Test
  void failsWhatWaitsForAnyMasterOnceClosed() {
    refusing.addAll(Set.of("A", "B"));
    var one = publish("a", "a");
    var other = publish("b", "b");
    time.runUntilIdle();
    queues.close();

    assertThat(one).isCompletedExceptionally();
    assertThat(other).isCompletedExceptionally();
    assertThat(publish("a", "late")).isCompletedExceptionally();
    masterOf.put("new", "D");
    assertThat(publish("new", "late")).isCompletedExceptionally();
    time.advance(Duration.ofSeconds(1));
    assertThat(written).isEmpty();
  }
}
