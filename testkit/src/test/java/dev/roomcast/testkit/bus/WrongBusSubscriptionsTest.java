package dev.roomcast.testkit.bus;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusSubscription;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Buses that subscribe wrongly, and the contract that must notice. */
final class WrongBusSubscriptionsTest {

  @Test
  void noticesThatASubscriptionIsConfirmedTooEarly() {
    assertCaught(ConfirmsTooEarly.class, "P06");
  }

  @Test
  void noticesThatALostSubscriptionIsConfirmed() {
    assertCaught(RemembersConfirmations.class, "P06");
  }

  @Test
  void noticesThatUnsubscribeDoesNothing() {
    assertCaught(NeverUnsubscribes.class, "P06");
  }

  @Test
  void noticesThatSubscriptionsDoNotSurvive() {
    assertCaught(ForgetsSubscriptions.class, "P06");
  }

  static final class ConfirmsTooEarly extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
        @Override
        public CompletionStage<Void> subscribe(BusSubscription subscription) {
          var unused =
              CompletableFuture.runAsync(
                  () -> super.subscribe(subscription),
                  CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
          return CompletableFuture.completedFuture(null);
        }
      };
    }
  }

  static final class RemembersConfirmations extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
        private final Map<BusSubscription, CompletionStage<Void>> asked = new ConcurrentHashMap<>();

        @Override
        public CompletionStage<Void> subscribe(BusSubscription subscription) {
          return asked.computeIfAbsent(subscription, super::subscribe);
        }

        @Override
        public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
          asked.remove(subscription);
          return super.unsubscribe(subscription);
        }
      };
    }
  }

  static final class NeverUnsubscribes extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
        @Override
        public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
          return CompletableFuture.completedFuture(null);
        }
      };
    }
  }

  static final class ForgetsSubscriptions extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right);
    }

    @Override
    protected void reconnect(Bus bus) {
      InMemoryBus right = ((PassingBus) bus).right;
      right.reconnect();
      right.fallSilent();
    }
  }
}
