package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients over their outbound limit: the protocol, section 1.8. */
final class SlowConsumerTest {
  private static final int LIMIT = 32 * 1024;
  private static final String KILOBYTE = "x".repeat(1_000);

  @RegisterExtension final World world = new World();

  private Person ann(boolean closeOnLimit) {
    world.start(
        builder ->
            builder.options(
                options ->
                    options.backpressureLimit(LIMIT).closeOnBackpressureLimit(closeOnLimit)));
    return world.login("ann");
  }

  private DeliveryReport send(Person person, Object data) {
    DeliveryReport report =
        world.await(world.server().client(person.id()).send("m", data).report());
    world.settle();
    return report;
  }

  @Test
  void closesWhoDoesNotRead() {
    Person ann = ann(true);
    Person bob = world.login("bob");
    ann.wire.block();
    IntStream.range(0, 40).forEach(i -> send(ann, KILOBYTE));

    assertThat(world.goodbyeTo(ann).cause())
        .isEqualTo(new Disconnection(4005, "Slow consumer", true));
    assertThat(world.count(Signal.SLOW_CONSUMER_CLOSED)).isEqualTo(1);
    world.pass(Duration.ofSeconds(6));
    assertThat(ann.closed()).contains(CloseStatus.ABNORMAL);
    assertThat(world.count(Signal.MESSAGE_DROPPED_CLOSED)).isBetween(30L, 40L);
    assertThat(bob.closed()).isEmpty();
  }

  @Test
  void closesWhoTakesNoByteForTenSeconds() {
    Person ann = ann(true);
    ann.wire.block();
    send(ann, 1);

    world.pass(Duration.ofMillis(9_990));
    assertThat(world.goodbyes).isEmpty();
    world.pass(Duration.ofMillis(20));
    assertThat(world.goodbyeTo(ann).cause().code()).isEqualTo(4005);
  }

  @Test
  void sparesWhoReadsSlowly() {
    Person ann = ann(true);
    ann.wire.block();
    for (int i = 0; i < 100; i++) {
      send(ann, KILOBYTE);
      ann.wire.read(1_100);
      world.pass(Duration.ofSeconds(1));
      ann.say("{'event':'heartbeat'}");
    }

    assertThat(ann.closed()).isEmpty();
    assertThat(ann.hears()).hasSize(100);
  }

  @Test
  void sparesWhoReadsHoweverMuchComesInOneTurn() {
    world.start(builder -> builder.options(options -> options.backpressureLimit(1_024)));
    Person ann = world.login("ann");
    for (int i = 0; i < 300; i++) {
      world.server().client(ann.id()).send("m", KILOBYTE);
    }
    world.settle();

    assertThat(ann.closed()).isEmpty();
    assertThat(ann.hears()).hasSize(300);
  }

  @Test
  void boundsWhatWaitsForAWriteInOneTurn() {
    world.start(builder -> builder.options(options -> options.backpressureLimit(1_024)));
    Person ann = world.login("ann");
    ann.wire.block();
    for (int i = 0; i < 2_000; i++) {
      world.server().client(ann.id()).send("m", KILOBYTE);
    }
    world.settle();

    assertThat(world.goodbyeTo(ann).cause().code()).isEqualTo(4005);
    assertThat(ann.wire.handedOver().size()).isLessThan(400);
  }

  @Test
  void sendsAMessageThatIsLargerThanTheLimitWhenTheQueueIsEmpty() {
    Person ann = ann(true);
    send(ann, "x".repeat(20 * LIMIT));

    assertThat(ann.hears()).hasSize(1);
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void waitsWithAMessageThatIsLargerThanTheLimitUntilItIsTaken() {
    Person ann = ann(true);
    ann.wire.block();
    send(ann, "x".repeat(2 * LIMIT));
    world.pass(Duration.ofSeconds(5));
    assertThat(world.goodbyes).isEmpty();

    ann.wire.unblock();
    world.settle();
    assertThat(ann.hears()).hasSize(1);
  }

  @Test
  void dropsTheNewestAndTellsOfTheGapWhereThatIsConfigured() {
    Person ann = ann(false);
    ann.wire.block();
    long queued = 0;
    long dropped = 0;
    for (int i = 0; i < 50; i++) {
      DeliveryReport report = send(ann, i + KILOBYTE);
      queued += report.queued();
      dropped += report.dropped();
    }
    assertThat(queued).isBetween(30L, 35L);
    assertThat(dropped).isEqualTo(50 - queued);
    assertThat(world.count(Signal.MESSAGE_DROPPED_SLOW)).isEqualTo(dropped);
    assertThat(world.count(Signal.MESSAGE_QUEUED)).isEqualTo(queued);

    ann.wire.unblock();
    world.settle();
    var heard = ann.hears();
    assertThat(heard).hasSize((int) queued + 1);
    assertThat(heard.getLast()).isEqualTo("{'event':'gap','data':{'dropped':" + dropped + "}}");
    send(ann, "after");
    assertThat(ann.hears()).containsExactly("{'event':'m','data':'after'}");
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void logsWhoseMessagesAreDroppedAndWhoIsClosed() {
    Person ann = ann(false);
    ann.wire.block();
    IntStream.range(0, 50).forEach(i -> send(ann, KILOBYTE));
    assertThat(world.takeWarnings())
        .containsExactly(
            "client "
                + ann.id()
                + " is too slow: messages for it are dropped (0 like it were not logged)");

    world.pass(Duration.ofSeconds(11));
    Person flood = world.connect();
    flood.wire.block();
    IntStream.range(0, 2_000).forEach(i -> flood.tell("nonsense"));
    world.settle();
    assertThat(world.takeWarnings())
        .containsExactly(
            "client "
                + world.goodbyes.getFirst().client().id()
                + " is too slow and is closed (0 like it were not logged)");
  }

  @Test
  void tellsOfEachGapOnce() {
    Person ann = ann(false);
    for (int round = 0; round < 2; round++) {
      ann.wire.block();
      IntStream.range(0, 40).forEach(i -> send(ann, KILOBYTE));
      ann.wire.unblock();
      world.settle();

      assertThat(ann.hears().stream().filter(text -> text.contains("'gap'"))).hasSize(1);
    }
  }

  @Test
  void dropsWhileStalledToo() {
    Person ann = ann(false);
    ann.wire.block();
    send(ann, "taken");
    world.pass(Duration.ofSeconds(11));
    assertThat(send(ann, "dropped").dropped()).isEqualTo(1);

    ann.wire.unblock();
    world.settle();
    assertThat(ann.hears())
        .containsExactly("{'event':'m','data':'taken'}", "{'event':'gap','data':{'dropped':1}}");
  }

  @Test
  void closesWhoFloodsBeforeAdmissionThoughOthersAreOnlyDropped() {
    ann(false);
    Person flood = world.connect();
    flood.wire.block();
    for (int i = 0; i < 2_000; i++) {
      flood.tell("nonsense");
    }
    world.settle();

    assertThat(world.goodbyes.getFirst().cause())
        .isEqualTo(new Disconnection(4005, "Slow consumer", false));
  }

  @Test
  void showsWhoIsBackpressured() {
    Person ann = ann(true);
    ann.wire.block();
    IntStream.range(0, 20).forEach(i -> send(ann, KILOBYTE));
    assertThat(world.server().find(ann.id()).orElseThrow().backpressured()).isTrue();

    ann.wire.unblock();
    world.settle();
    assertThat(world.server().find(ann.id()).orElseThrow().backpressured()).isFalse();
  }

  @Test
  void countsAnswersThatAreDropped() {
    world.start(
        builder ->
            builder
                .options(
                    options -> options.backpressureLimit(LIMIT).closeOnBackpressureLimit(false))
                .onMessage((call, json) -> KILOBYTE));
    Person ann = world.login("ann");
    ann.wire.block();
    for (int i = 0; i < 50; i++) {
      ann.say("{'event':'x'}");
    }

    long queued = world.count(Signal.MESSAGE_QUEUED);
    assertThat(queued).isBetween(30L, 35L);
    assertThat(world.count(Signal.MESSAGE_DROPPED_SLOW)).isEqualTo(50 - queued);
  }
}
