package dev.roomcast.testkit.transport;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.EventLoop;
import dev.roomcast.port.transport.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Transports whose event loops break a rule. */
final class WrongLoopsTest {

  @Test
  void noticesTasksAtTheSameTime() {
    assertCaught(RunsOnAPool.class, "L01");
  }

  @Test
  void noticesATaskInsideTheCall() {
    assertCaught(RunsInline.class, "L02");
  }

  @Test
  void noticesThatAClosedLoopAccepts() {
    assertCaught(AlwaysAccepts.class, "L03");
  }

  @Test
  void noticesThatTasksStarveIo() {
    assertCaught(DrainsUntilEmpty.class, "L04");
  }

  @Test
  void noticesEarlyTimers() {
    assertCaught(FiresEarly.class, "L05");
  }

  @Test
  void noticesThatALoopDies() {
    assertCaught(DiesOfATask.class, "L06");
  }

  /** A suite whose connections have a wrong loop. */
  abstract static class OfLoops extends WrongSuite {
    abstract EventLoop wrong(EventLoop right);

    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected Connection connection(Connection connection) {
          EventLoop wrong = OfLoops.this.wrong(connection.loop());
          return new DelegatingConnection(connection) {
            @Override
            public EventLoop loop() {
              return wrong;
            }
          };
        }
      };
    }
  }

  static final class RunsOnAPool extends OfLoops {
    @Override
    EventLoop wrong(EventLoop right) {
      ExecutorService pool = Executors.newFixedThreadPool(2);
      return new DelegatingLoop(right) {
        @Override
        public boolean execute(Runnable task) {
          pool.execute(task);
          return true;
        }
      };
    }
  }

  static final class RunsInline extends OfLoops {
    @Override
    EventLoop wrong(EventLoop right) {
      return new DelegatingLoop(right) {
        @Override
        public boolean execute(Runnable task) {
          if (inLoop()) {
            task.run();
            return true;
          }
          return super.execute(task);
        }
      };
    }
  }

  static final class AlwaysAccepts extends OfLoops {
    @Override
    EventLoop wrong(EventLoop right) {
      return new DelegatingLoop(right) {
        @Override
        public boolean execute(Runnable task) {
          boolean unused = super.execute(task);
          return true;
        }
      };
    }
  }

  static final class DrainsUntilEmpty extends OfLoops {
    @Override
    EventLoop wrong(EventLoop right) {
      Deque<Runnable> queue = new ArrayDeque<>();
      return new DelegatingLoop(right) {
        @Override
        public boolean executeAfterIo(Runnable task) {
          queue.add(task);
          return queue.size() > 1 || super.execute(this::drain);
        }

        private void drain() {
          for (Runnable next = queue.peek(); next != null; next = queue.peek()) {
            next.run();
            queue.remove();
          }
        }
      };
    }
  }

  static final class FiresEarly extends OfLoops {
    @Override
    EventLoop wrong(EventLoop right) {
      return new DelegatingLoop(right) {
        @Override
        public void after(Duration delay, Runnable task) {
          super.after(delay.dividedBy(2), task);
        }
      };
    }
  }

  static final class DiesOfATask extends OfLoops {
    @Override
    EventLoop wrong(EventLoop right) {
      return new DelegatingLoop(right) {
        private volatile boolean dead;

        @Override
        public boolean execute(Runnable task) {
          return !dead && super.execute(() -> live(task));
        }

        @Override
        public void after(Duration delay, Runnable task) {
          super.after(delay, () -> live(task));
        }

        private void live(Runnable task) {
          try {
            task.run();
          } catch (RuntimeException thrown) {
            dead = true;
            throw thrown;
          }
        }
      };
    }
  }
}
