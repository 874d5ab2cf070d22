package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Delivery;
import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.observation.Signal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What senders are told, and what comes later, where the bus does not take it. */
final class BusOutageTest extends BusFixture {

  @Test
  void reportsThatTheBusDidNotTakeIt() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    eastBus.refusePublishes(true);
    DeliveryReport report = report(east.server().everyone().send("m"));

    assertThat(report).isEqualTo(new DeliveryReport(1, 0, 0, DeliveryReport.Bus.FAILED, 0));
    assertThat(report.complete()).isFalse();
    assertThat(east.count(Signal.BUS_PUBLISH_FAILED)).isEqualTo(1);
    assertThat(ann.hears()).hasSize(1);
    assertThat(bob.hears()).isEmpty();
  }

  @Test
  void reportsThatOtherServersWereNotAskedToDisconnect() {
    Person here = east.login("ann");
    Person there = west.login("ann");
    eastBus.refusePublishes(true);
    DeliveryReport report = report(east.server().user("ann").disconnect("signed out"));

    assertThat(report).isEqualTo(new DeliveryReport(1, 0, 0, DeliveryReport.Bus.FAILED, 0));
    assertThat(here.closed()).isPresent();
    assertThat(there.closed()).isEmpty();
  }

  @Test
  void logsWhyTheBusDidNotTakeItAtALimitedRate() {
    eastBus.refusePublishes(true);
    east.server().everyone().send("m");
    east.server().everyone().send("m");
    time.runUntilIdle();

    assertThat(east.takeWarnings())
        .containsExactly(
            "publishing on the bus failed: told to refuse publishes (0 like it were not logged)");
  }

  @Test
  void deliversHereWhileTheBusIsGoneAndThereOnceItIsBack() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    eastBus.disconnect();
    time.runUntilIdle();
    assertThat(east.server().busConnected()).isFalse();
    Delivery delivery = east.server().everyone().send("m");
    time.runUntilIdle();
    assertThat(ann.hears()).hasSize(1);
    assertThat(bob.hears()).isEmpty();
    assertThat(delivery.report().toCompletableFuture()).isNotDone();

    eastBus.reconnect();
    time.runUntilIdle();
    assertThat(bob.hears()).hasSize(1);
    assertThat(report(delivery)).isEqualTo(published(1, 1));
    assertThat(east.server().busConnected()).isTrue();
  }

  @Test
  void reportsWhatStillWaitedForTheBusAtTheEnd() {
    east.login("ann");
    eastBus.disconnect();
    Delivery delivery = east.server().everyone().send("m");
    time.await(east.server().shutdown(), Duration.ofSeconds(10));

    assertThat(report(delivery).bus()).isEqualTo(DeliveryReport.Bus.FAILED);
  }
}
