package dev.roomcast.testkit.bus;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Buses that publish or deliver wrongly, and the contract that must notice. */
final class WrongBusDeliveryTest {

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

  static final class Reorders extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
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

  static final class DeafToItself extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      Set<byte[]> own =
          Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
      return new PassingBus(right) {
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

  static final class RepeatsEach extends WrongBusSuite {
    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
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

  static final class BlocksUntilHeard extends WrongBusSuite {
    @Override
    protected boolean disconnect(Bus bus) {
      return false;
    }

    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(right) {
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

  static final class Unbounded extends WrongBusSuite {
    private final InMemoryBusNetwork network = InMemoryBusNetwork.onThreads();

    @Override
    Bus wrong(InMemoryBus right) {
      return new PassingBus(network.newBus(1_000_000));
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
