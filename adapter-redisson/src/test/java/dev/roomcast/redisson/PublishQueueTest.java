package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.testkit.time.SimulatedLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PublishQueueTest {
  private final VirtualTime time = VirtualTime.inOrder();
  private final List<List<Integer>> written = new ArrayList<>();
  private final Deque<List<CompletableFuture<Long>>> answers = new ArrayDeque<>();
  private @Nullable Throwable breaking; // what the next write throws, once
  private final PublishQueue queue = queue(Duration.ofSeconds(10), this::write);

  private PublishQueue queue(Duration longest, Line line) {
    return queue(RedissonOptions.defaults().withWaiting(10, 1_000, longest), line);
  }

  private PublishQueue queue(RedissonOptions options, Line line) {
    Backlog.Share room = new Backlog(options).whole();
    return new PublishQueue(options.publishTimeout(), room, line, time.newLoop("loop"), time);
  }

  private List<CompletionStage<Long>> write(List<Line.Message> batch) {
    written.add(batch.stream().map(message -> message.payload().length).toList());
    Throwable thrown = breaking;
    breaking = null;
    switch (thrown) {
      case Error error -> throw error;
      case RuntimeException fault -> throw fault;
      case null, default -> {}
    }
    List<CompletableFuture<Long>> stages =
        batch.stream().map(message -> new CompletableFuture<Long>()).toList();
    answers.add(stages);
    return List.copyOf(stages);
  }

  /** A message is told apart by its size. */
  private CompletableFuture<Long> publish(int size) {
    CompletableFuture<Long> taken = queue.publish("c", new byte[size]).toCompletableFuture();
    time.runUntilIdle();
    return taken;
  }

  private void answer() {
    List<CompletableFuture<Long>> batch = answers.remove();
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).complete((long) i);
    }
    time.runUntilIdle();
  }

  /** How a publish failed; it does not wait for one that did not. */
  private static AbstractThrowableAssert<?, ?> assertFailure(CompletableFuture<Long> taken) {
    assertThat(taken).isCompletedExceptionally();
    return assertThatThrownBy(taken::join);
  }

  @Test
  void writesWhatCameMeanwhileInOneBatch() {
    CompletableFuture<Long> one = publish(1);
    CompletableFuture<Long> two = publish(2);
    CompletableFuture<Long> three = publish(3);
    assertThat(written).containsExactly(List.of(1));
    answer();
    assertThat(written).containsExactly(List.of(1), List.of(2, 3));
    assertThat(one).isCompletedWithValue(0L);
    assertThat(two).isNotDone();
    answer();

    assertThat(two).isCompletedWithValue(0L);
    assertThat(three).isCompletedWithValue(1L);
  }

  @Test
  void writesWhatIsPublishedInOneGoInOneBatch() {
    for (int size = 1; size <= 3; size++) {
      var unused = queue.publish("c", new byte[size]);
    }
    assertThat(written).as("the publisher does not write itself").isEmpty();
    time.runUntilIdle();
    assertThat(written).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void writesNoMoreThanAMebibyteInOneBatchUnlessAMessageIsLarger() {
    int third = 400_000;
    int larger = 2_000_000;
    PublishQueue wide =
        queue(
            RedissonOptions.defaults().withWaiting(10, 10_000_000, Duration.ofSeconds(10)),
            this::write);
    for (int size : List.of(1, third, third, third, larger, 2)) {
      var unused = wide.publish("c", new byte[size]);
    }
    time.runUntilIdle();
    while (!answers.isEmpty()) {
      answer();
    }

    assertThat(written)
        .containsExactly(List.of(1, third, third), List.of(third), List.of(larger), List.of(2));
  }

  @Test
  void failsTheNewestBeyondItsBounds() {
    List<CompletableFuture<Long>> stages =
        IntStream.range(0, 11).mapToObj(i -> publish(1)).toList();
    assertThat(stages.subList(0, 10)).noneMatch(CompletableFuture::isDone);
    assertFailure(stages.get(10)).hasCauseInstanceOf(BusException.class);
    answer();
    answer();
    CompletableFuture<Long> large = publish(1_000);
    assertThat(large).isNotDone();

    assertFailure(publish(1)).hasMessageContaining("1 bytes");
  }

  @Test
  void triesAgainInOrderWhatSurelyWasNotWritten() {
    CompletableFuture<Long> one = publish(1);
    CompletableFuture<Long> two = publish(2);
    refuse();
    CompletableFuture<Long> three = publish(3);
    assertThat(written).as("not before the pause is over").hasSize(1);
    time.advance(Duration.ofMillis(101));
    assertThat(written).containsExactly(List.of(1), List.of(1, 2, 3));
    answer();

    assertThat(List.of(one, two, three)).allMatch(CompletableFuture::isDone);
  }

  @Test
  void triesABatchAgainInItsOrder() {
    var unused = publish(1);
    var behind = List.of(publish(2), publish(3));
    answer();
    refuse();
    time.advance(Duration.ofMillis(101));

    assertThat(written).containsExactly(List.of(1), List.of(2, 3), List.of(2, 3));
    assertThat(behind).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void waitsForAMomentWhereTheConnectionWasLost() {
    CompletableFuture<Long> one = publish(1);
    CompletableFuture<Long> two = publish(2);
    answers
        .remove()
        .getFirst()
        .completeExceptionally(new Line.Lost(new IllegalStateException("reset")));
    time.runUntilIdle();
    assertThat(one).as("perhaps written").isCompletedExceptionally();
    assertThat(written).as("not onto the dying connection").containsExactly(List.of(1));
    time.advance(Duration.ofMillis(101));
    answer();

    assertThat(written).containsExactly(List.of(1), List.of(2));
    assertThat(two).isCompletedWithValue(0L);
  }

  @Test
  void neverWritesAgainWhatPerhapsWasWritten() {
    CompletableFuture<Long> one = publish(1);
    answers.remove().getFirst().completeExceptionally(new IllegalStateException("lost: payload"));
    time.advance(Duration.ofSeconds(1));

    assertThat(written).hasSize(1);
    assertFailure(one)
        .hasCauseInstanceOf(BusException.class)
        .hasMessageContaining("IllegalStateException")
        .hasMessageNotContaining("payload");
  }

  @Test
  void failsWhatWaitedTooLong() {
    CompletableFuture<Long> underWay = publish(1);
    CompletableFuture<Long> waiting = publish(2);
    time.advance(Duration.ofSeconds(5));
    CompletableFuture<Long> later = publish(3);
    time.advance(Duration.ofMillis(5_300));

    assertThat(underWay).isNotDone();
    assertFailure(waiting).hasCauseInstanceOf(BusException.class);
    assertThat(later).isNotDone();
    answer();
    assertThat(written).containsExactly(List.of(1), List.of(3));
  }

  @Test
  void givesBackTheRoomOfWhatWaitedTooLong() {
    var unused = publish(1);
    CompletableFuture<Long> waiting = publish(900);
    time.advance(Duration.ofSeconds(11));

    assertThat(waiting).isCompletedExceptionally();
    assertThat(publish(900)).isNotDone();
  }

  private void refuse() {
    answers
        .remove()
        .forEach(
            stage ->
                stage.completeExceptionally(
                    new Line.NotWritten(new IllegalStateException("refused"))));
    time.runUntilIdle();
  }

  @Test
  void failsWhatIsRefusedUntilItIsTooOld() {
    CompletableFuture<Long> message = publish(1);
    for (int i = 0; i < 3; i++) {
      time.advance(Duration.ofSeconds(3));
      refuse();
      time.advance(Duration.ofMillis(101));
    }
    assertThat(message).isNotDone();
    time.advance(Duration.ofSeconds(3));
    refuse();
    time.advance(Duration.ofSeconds(1));

    assertFailure(message).hasCauseInstanceOf(BusException.class);
    assertThat(written).hasSize(4);
  }

  @Test
  void looksForWhatIsTooOldAlsoAfterALookAtAnEmptyQueue() {
    PublishQueue hasty = queue(Duration.ofMillis(450), this::write);
    CompletableFuture<Long> message = hasty.publish("c", new byte[1]).toCompletableFuture();
    time.advance(Duration.ofMillis(440));
    refuse();
    assertThat(message).isNotDone();
    time.advance(Duration.ofSeconds(1));

    assertFailure(message).hasCauseInstanceOf(BusException.class);
    assertThat(written).hasSize(1);
  }

  @Test
  void goesOnWhereWritingThrewAnError() {
    breaking = new InternalError("no more native memory");
    CompletableFuture<Long> one = queue.publish("c", new byte[1]).toCompletableFuture();
    CompletableFuture<Long> two = queue.publish("c", new byte[2]).toCompletableFuture();
    assertThatThrownBy(time::runUntilIdle)
        .as("thrown on, to the thread")
        .isInstanceOf(InternalError.class);
    assertFailure(one).hasCauseInstanceOf(BusException.class).hasMessageContaining("InternalError");
    assertThat(two).isCompletedExceptionally();
    CompletableFuture<Long> three = publish(3);
    answer();

    assertThat(three).isCompletedWithValue(0L);
    assertThat(written).as("nothing twice").containsExactly(List.of(1, 2), List.of(3));
  }

  @Test
  void goesOnWithWhatWaitedWhereWritingThrew() {
    CompletableFuture<Long> one = publish(1);
    CompletableFuture<Long> two = publish(2);
    breaking = new IllegalStateException("shut down");
    answer();
    CompletableFuture<Long> three = publish(3);
    answer();

    assertThat(one).isCompleted();
    assertThat(two).isCompletedExceptionally();
    assertThat(three).isCompletedWithValue(0L);
  }

  @Test
  void goesOnWhereFewerAnswersCameThanMessagesWent() {
    PublishQueue forgotten = queue(Duration.ofSeconds(10), batch -> write(batch).subList(0, 1));
    CompletableFuture<Long> one = forgotten.publish("c", new byte[1]).toCompletableFuture();
    CompletableFuture<Long> two = forgotten.publish("c", new byte[2]).toCompletableFuture();
    time.runUntilIdle();
    answer();
    CompletableFuture<Long> three = forgotten.publish("c", new byte[3]).toCompletableFuture();
    time.runUntilIdle();
    answer();

    assertThat(List.of(one, two)).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(three).isCompletedWithValue(0L);
  }

  @Test
  void completesStagesOnItsLoop() {
    List<Boolean> onLoop = new ArrayList<>();
    SimulatedLoop loop = time.newLoop("its");
    PublishQueue own =
        new PublishQueue(
            Duration.ofSeconds(10),
            new Backlog(RedissonOptions.defaults()).whole(),
            this::write,
            loop,
            time);
    var unused =
        own.publish("c", new byte[1]).whenComplete((servers, failed) -> onLoop.add(loop.inLoop()));
    time.runUntilIdle();
    answer();

    assertThat(onLoop).containsExactly(true);
  }

  @Test
  void failsTheRestOnceClosed() {
    CompletableFuture<Long> underWay = publish(1);
    CompletableFuture<Long> waiting = publish(2);
    queue.close();

    assertThat(underWay).isCompletedExceptionally();
    assertThat(waiting).isCompletedExceptionally();
    assertThat(publish(3)).isCompletedExceptionally();
    answer();
    assertThat(written).hasSize(1);
  }
}
