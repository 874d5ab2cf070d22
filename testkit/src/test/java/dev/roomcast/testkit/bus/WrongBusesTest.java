package dev.roomcast.testkit.bus;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Buses that break one rule each, and the contract that must notice. */
final class WrongBusesTest {

  @Test
  void noticesThatAStartDoesNotFail() {
    assertCaught(StartsWithoutANetwork.class, "P01");
  }

  @Test
  void noticesThatEarlySubscriptionsAreNotThereInTime() {
    assertCaught(SubscribesAfterItsStart.class, "P01");
  }

  @Test
  void noticesThatMessagesOvertakeEachOther() {
    assertCaught(Reorders.class, "P02");
  }

  @Test
  void noticesThatOwnMessagesAreMissing() {
    assertCaught(DeafToItself.class, "P03");
  }

  @Test
  void noticesThatAMessageComesTwice() {
    assertCaught(RepeatsEach.class, "P04");
  }

  @Test
  void noticesThatPublishBlocks() {
    assertCaught(BlocksUntilHeard.class, "P05");
  }

  @Test
  void noticesThatPublishesAreNotBounded() {
    assertCaught(Unbounded.class, "P05");
  }

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

  @Test
  void noticesCallbacksAfterClose() {
    assertCaught(GoesOnAfterClose.class, "P07");
  }

  @Test
  void noticesStagesThatStayOpen() {
    assertCaught(LeavesStagesOpen.class, "P07");
  }

  /** Passes everything on; subclasses break one thing. */
  static class Passing implements Bus {
    final InMemoryBus right;

    Passing(InMemoryBus right) {
      this.right = right;
    }

    @Override
    public void start(BusListener listener) {
      right.start(listener);
    }

    @Override
    public CompletionStage<Long> publish(String channel, byte[] payload) {
      return right.publish(channel, payload);
    }

    @Override
    public CompletionStage<Void> subscribe(BusSubscription subscription) {
      return right.subscribe(subscription);
    }

    @Override
    public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
      return right.unsubscribe(subscription);
    }

    @Override
    public CompletionStage<Void> resubscribe() {
      return right.resubscribe();
    }

    @Override
    public void close() {
      right.close();
    }
  }

  /** The contract on a wrong bus. */
  abstract static class Suite extends BusContract {
    private final InMemoryBusNetwork network = InMemoryBusNetwork.onThreads();

    abstract Bus wrong(InMemoryBus right);

    @Override
    protected Bus newBus() {
      return wrong(network.newBus(10));
    }

    @Override
    protected int waitingLimit() {
      return 10;
    }

    @Override
    protected Duration patience() {
      return Duration.ofMillis(500);
    }

    @Override
    protected boolean disconnect(Bus bus) {
      ((Passing) bus).right.disconnect();
      return true;
    }

    @Override
    protected void reconnect(Bus bus) {
      ((Passing) bus).right.reconnect();
    }
  }

  static final class StartsWithoutANetwork extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return right;
    }

    @Override
    protected Optional<Bus> unreachableBus() {
      return Optional.of(InMemoryBusNetwork.onThreads().newBus());
    }
  }

  static final class SubscribesAfterItsStart extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
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

  static final class Reorders extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
        private final ExecutorService pool = Executors.newFixedThreadPool(2);

        @Override
        public CompletionStage<Long> publish(String channel, byte[] payload) {
          // A pool of connections, as some clients have.
          return CompletableFuture.supplyAsync(() -> super.publish(channel, payload), pool)
              .thenCompose(stage -> stage);
        }
      };
    }
  }

  static final class DeafToItself extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      Set<byte[]> own =
          Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
      return new Passing(right) {
        @Override
        public void start(BusListener listener) {
          super.start(hearing(listener, payload -> own.contains(payload) ? null : payload));
        }

        @Override
        public CompletionStage<Long> publish(String channel, byte[] payload) {
          own.add(payload);
          return super.publish(channel, payload);
        }
      };
    }
  }

  static final class RepeatsEach extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
        @Override
        public void start(BusListener listener) {
          super.start(
              hearing(
                  listener,
                  payload -> {
                    listener.onMessage("again", payload);
                    return payload;
                  }));
        }
      };
    }
  }

  static final class BlocksUntilHeard extends Suite {
    @Override
    protected boolean disconnect(Bus bus) {
      return false;
    }

    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
        @Override
        public CompletionStage<Long> publish(String channel, byte[] payload) {
          CompletionStage<Long> taken = super.publish(channel, payload);
          // Its stage completes behind whatever the listener is doing.
          right.subscribe(new BusSubscription.Channel("none")).toCompletableFuture().join();
          return taken;
        }
      };
    }
  }

  static final class Unbounded extends Suite {
    private final InMemoryBusNetwork network = InMemoryBusNetwork.onThreads();

    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(network.newBus(1_000_000));
    }
  }

  static final class ConfirmsTooEarly extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
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

  static final class RemembersConfirmations extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
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

  static final class NeverUnsubscribes extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
        @Override
        public CompletionStage<Void> unsubscribe(BusSubscription subscription) {
          return CompletableFuture.completedFuture(null);
        }
      };
    }
  }

  static final class ForgetsSubscriptions extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right);
    }

    @Override
    protected void reconnect(Bus bus) {
      InMemoryBus right = ((Passing) bus).right;
      right.reconnect();
      right.fallSilent();
    }
  }

  static final class GoesOnAfterClose extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
        @Override
        public void close() {}
      };
    }
  }

  static final class LeavesStagesOpen extends Suite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new Passing(right) {
        @Override
        public CompletionStage<Long> publish(String channel, byte[] payload) {
          CompletableFuture<Long> stage = new CompletableFuture<>();
          var unused = super.publish(channel, payload).thenAccept(stage::complete);
          return stage;
        }
      };
    }
  }

  /** Changes or drops (null) what a listener hears. */
  private static BusListener hearing(BusListener listener, UnaryOperator<byte[]> change) {
    return new BusListener() {
      @Override
      public void onMessage(String channel, byte[] payload) {
        byte[] changed = change.apply(payload);
        if (changed != null) {
          listener.onMessage(channel, changed);
        }
      }

      @Override
      public void onConnection(boolean connected) {
        listener.onConnection(connected);
      }
    };
  }
}
