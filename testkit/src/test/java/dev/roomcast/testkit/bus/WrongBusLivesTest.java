package dev.roomcast.testkit.bus;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Buses that start or end wrongly, and the contract that must notice. */
final class WrongBusLivesTest {

  @Test
  void noticesThatAStartDoesNotFail() {
    assertCaught(StartsWithoutANetwork.class, "P01");
  }

  @Test
  void noticesThatEarlySubscriptionsAreNotThereInTime() {
    assertCaught(SubscribesAfterItsStart.class, "P01");
  }

  @Test
  void noticesCallbacksAfterClose() {
    assertCaught(GoesOnAfterClose.class, "P07");
  }

  @Test
  void noticesStagesThatStayOpen() {
    assertCaught(LeavesStagesOpen.class, "P07");
  }

  static final class StartsWithoutANetwork extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return right;
    }

    @Override
    protected Optional<Bus> unreachableBus() {
      return Optional.of(InMemoryBusNetwork.onThreads().newBus());
    }
  }

  static final class SubscribesAfterItsStart extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
        private final CompletableFuture<Void> started = new CompletableFuture<>();

        @Override
        public void start(BusListener listener) {
          super.start(listener);
          started.completeOnTimeout(null, 20, TimeUnit.MILLISECONDS);
        }

        @Override
        public CompletionStage<Void> subscribe(BusSubscription subscription) {
          return started.thenCompose(now -> super.subscribe(subscription));
        }
      };
    }
  }

  static final class GoesOnAfterClose extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
        @Override
        public void close() {}
      };
    }
  }

  static final class LeavesStagesOpen extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
        @Override
        public CompletionStage<Long> publish(String channel, byte[] payload) {
          CompletableFuture<Long> stage = new CompletableFuture<>();
          var unused = super.publish(channel, payload).thenAccept(stage::complete);
          return stage;
        }
      };
    }
  }
}
