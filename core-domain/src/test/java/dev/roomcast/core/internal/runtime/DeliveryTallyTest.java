package dev.roomcast.core.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.DeliveryReport;
import org.junit.jupiter.api.Test;

final class DeliveryTallyTest {
  private final DeliveryTally tally = new DeliveryTally();

  @Test
  void reportsAtOnceWhereNobodyWasMeant() {
    tally.submitted();

    assertThat(report()).isEqualTo(new DeliveryReport(0, 0, 0, DeliveryReport.Bus.NOT_USED, 0));
    assertThat(report().complete()).isTrue();
  }

  @Test
  void waitsForEveryPart() {
    tally.begin();
    tally.begin();
    tally.begin();
    tally.delivered(2, 1);
    tally.submitted();
    tally.rejected();
    assertThat(tally.report().toCompletableFuture()).isNotDone();

    tally.published(3);

    assertThat(report()).isEqualTo(new DeliveryReport(2, 1, 1, DeliveryReport.Bus.PUBLISHED, 3));
    assertThat(report().complete()).isFalse();
  }

  @Test
  void waitsForTheSubmitterThoughEveryPartIsOver() {
    tally.begin();
    tally.delivered(1, 0);

    assertThat(tally.report().toCompletableFuture()).isNotDone();
  }

  @Test
  void doesNotTakeAnUnknownNumberOfServersForNone() {
    tally.begin();
    tally.published(-1);
    tally.submitted();

    assertThat(report().servers()).isEqualTo(DeliveryReport.UNKNOWN);
  }

  @Test
  void isNotCompleteWhereTheBusFailed() {
    tally.begin();
    tally.publishFailed();
    tally.submitted();

    assertThat(report().bus()).isEqualTo(DeliveryReport.Bus.FAILED);
    assertThat(report().complete()).isFalse();
  }

  @Test
  void cannotBeCompletedByWhoReadsIt() {
    tally.report().toCompletableFuture().complete(null);
    tally.submitted();

    assertThat(report()).isNotNull();
  }

  private DeliveryReport report() {
    return tally.report().toCompletableFuture().getNow(null);
  }
}
