package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.observation.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fault in one command, here an observer that breaks its contract, ends that command alone. */
final class FaultsTest {
  @RegisterExtension final World world = new World();
  private boolean broken;

  private Observer throwingAt(Signal faulty) {
    return (signal, times) -> {
      world.signals.count(signal, times);
      if (broken && signal == faulty) {
        throw new IllegalStateException("a fault of the observer");
      }
    };
  }

  @Test
  void completesAReportThoughItsCommandFailed() {
    world.start(builder -> builder.observer(throwingAt(Signal.MESSAGE_QUEUED)));
    Person ann = world.login("ann");
    broken = true;
    DeliveryReport report = world.await(world.server().client(ann.id()).send("m").report());
    broken = false;

    assertThat(report.complete()).isFalse();
    assertThat(report.rejectedLoops()).isEqualTo(1);
    assertThat(world.await(world.server().client(ann.id()).send("m").report()).complete()).isTrue();
    assertThat(world.takeErrors()).containsExactly("a Send command failed");
  }

  @Test
  void completesTheReportOfADisconnectThoughItsCommandFailed() {
    world.start(
        builder ->
            builder
                .observer(throwingAt(Signal.MESSAGE_UNHANDLED))
                .onMessage(
                    (call, json) -> {
                      world.time.hooks().pause(Duration.ofSeconds(1));
                      return null;
                    }));
    Person ann = world.login("ann").say("{'event':'handled'}").say("{'event':'waits'}");
    broken = true;
    DeliveryReport report = world.await(world.server().client(ann.id()).disconnect().report());

    assertThat(report.complete()).isFalse();
    assertThat(world.takeErrors()).containsExactly("a Close command failed");
  }

  @Test
  void completesAJoinThoughItsCommandFailed() {
    world.start(
        builder ->
            builder
                .observer(throwingAt(Signal.ROOM_REFUSED))
                .options(options -> options.maxRoomsPerClient(2)));
    Person ann = world.login("ann");
    broken = true;

    assertThat(world.await(world.server().client(ann.id()).join("third"))).isFalse();
    assertThat(world.server().rooms()).doesNotContain("third");
    assertThat(world.takeErrors()).containsExactly("a Join command failed");
  }
}
