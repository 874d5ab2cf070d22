package dev.roomcast.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.testkit.time.SimulatedLoop;
import dev.roomcast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InboxTest {
  private final VirtualTime world = VirtualTime.inOrder();
  private final SimulatedLoop loop = world.newLoop("loop");
  private final List<String> log = new ArrayList<>();
  private final List<Command> executed = new ArrayList<>();
  private final List<Command> abandoned = new ArrayList<>();
  private final Inbox inbox =
      new Inbox(loop, world, /* maxBytes= */ 1_000, this::execute, abandoned::add);

  private void execute(Command command) {
    executed.add(command);
    if (command instanceof Command.Continue(Runnable step)) {
      step.run();
    }
  }

  private Command noting(String what) {
    return new Command.Continue(() -> log.add(what));
  }

  @Test
  void executesInOrder() {
    IntStream.range(0, 100).forEach(i -> assertThat(inbox.submit(noting("" + i))).isTrue());
    world.runUntilIdle();

    assertThat(log)
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "" + i).toList());
  }

  @Test
  void neverExecutesInsideTheCall() {
    loop.execute(
        () -> {
          inbox.submit(noting("submitted on the loop"));
          log.add("after the call");
        });
    world.runUntilIdle();

    assertThat(log).containsExactly("after the call", "submitted on the loop");
  }

  @Test
  void executesWhatACommandSubmitsAfterWhatWaitedBefore() {
    inbox.submit(new Command.Continue(() -> inbox.submit(noting("submitted by the first"))));
    inbox.submit(noting("second"));
    world.runUntilIdle();

    assertThat(log).containsExactly("second", "submitted by the first");
  }

  @Test
  void refusesMessagesBeyondItsBoundInBytes() {
    assertThat(inbox.submit(message(600))).isTrue();
    assertThat(inbox.submit(message(401))).isFalse();
    assertThat(inbox.submit(message(400))).isTrue();
    assertThat(inbox.submit(message(320))).isFalse();

    world.runUntilIdle();
    assertThat(executed).hasSize(2);
    assertThat(inbox.submit(message(1_000))).isTrue();
  }

  @Test
  void neverRefusesWhatIsNoMessage() {
    assertThat(inbox.submit(message(1_000))).isTrue();

    assertThat(inbox.submit(noting("a finished hook"))).isTrue();
  }

  @Test
  void goesThroughTheLoopsInputAfterAMillisecond() {
    world.readingTakes(Duration.ofNanos(250_000));
    IntStream.range(0, 40).forEach(i -> inbox.submit(noting("command")));
    world.step();
    loop.io(() -> log.add("input"));
    world.runUntilIdle();

    assertThat(log.indexOf("input")).isBetween(1, 10);
    assertThat(log).hasSize(41);
  }

  @Test
  void goesThroughTheInputAlsoOfALoopThatRunsAllItsTasksFirst() {
    TasksFirst xnio = new TasksFirst();
    Inbox there = new Inbox(xnio, world, 1_000, this::execute, abandoned::add);
    world.readingTakes(Duration.ofNanos(250_000));
    IntStream.range(0, 40).forEach(i -> there.submit(noting("command")));
    xnio.runTasks();
    assertThat(log).hasSizeBetween(1, 10);

    while (log.size() < 40) {
      int before = log.size();
      xnio.lookAtInput();
      xnio.runTasks();
      assertThat(log).hasSizeGreaterThan(before);
    }
  }

  /** As XNIO's, which runs what tasks execute before it selects again. */
  private static final class TasksFirst implements EventLoop {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Runnable> afterIo = new ArrayDeque<>();

    void runTasks() {
      for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
        next.run();
      }
    }

    void lookAtInput() {
      tasks.addAll(afterIo);
      afterIo.clear();
    }

    @Override
    public boolean inLoop() {
      return true;
    }

    @Override
    public boolean execute(Runnable task) {
      return tasks.add(task);
    }

    @Override
    public boolean executeAfterIo(Runnable task) {
      return afterIo.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      throw new UnsupportedOperationException("an inbox has no timers");
    }
  }

  @Test
  void goesOnAfterACommandThatThrows() {
    Inbox fragile =
        new Inbox(
            loop,
            world,
            1_000,
            command -> {
              executed.add(command);
              if (executed.size() == 1) {
                throw new AssertionError("a fault of ours");
              }
            },
            abandoned::add);
    fragile.submit(message(330));
    fragile.submit(message(340));

    assertThat(org.assertj.core.api.Assertions.catchThrowable(world::runUntilIdle))
        .hasMessageContaining("a fault of ours");
    world.runUntilIdle();

    assertThat(executed).hasSize(2);
    assertThat(fragile.submit(message(1_000))).isTrue();
  }

  @Test
  void refusesEverythingOnceItsLoopIsClosed() {
    loop.close();

    assertThat(inbox.submit(noting("first"))).isFalse();
    assertThat(inbox.submit(noting("second"))).isFalse();
    assertThat(inbox.submit(message(1_000))).isFalse();
    assertThat(inbox.submit(message(1_000))).isFalse();

    world.runUntilIdle();
    assertThat(log).isEmpty();
    assertThat(abandoned).isEmpty();
  }

  @Test
  void executesOrAbandonsWhatItAcceptedBeforeItsLoopWasClosed() {
    world.readingTakes(Duration.ofMillis(1));
    for (int i = 0; i < 5; i++) {
      inbox.submit(noting("command"));
    }
    loop.close();
    world.runUntilIdle();

    assertThat(executed.size() + abandoned.size()).isEqualTo(5);
    assertThat(abandoned).isNotEmpty();
  }

  /** A message that counts so much against the bound. */
  private static Command message(int weight) {
    int bytes = weight - Command.SEND_OVERHEAD_BYTES;
    PreparedMessage prepared = () -> bytes;
    OutboundMessage message = new OutboundMessage("event", null, null, new byte[bytes], prepared);
    return new Command.Send(
        new Selection.Everyone(List.of()), Exclusion.NONE, message, new DeliveryTally());
  }
}
