package dev.roomcast.testkit.transport;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** Transports whose connections deliver, send or close wrongly. */
final class WrongConnectionsTest {

  @Test
  void noticesThatMessagesOvertakeEachOther() {
    assertCaught(LetsOvertake.class, "C01");
  }

  @Test
  void noticesACallbackInsideAMethod() {
    assertCaught(DeliversInsideDemand.class, "C02");
  }

  @Test
  void noticesMessagesWithoutDemand() {
    assertCaught(DemandsByItself.class, "C03");
  }

  @Test
  void noticesThatTheRestOfAReadIsForgotten() {
    assertCaught(ForgetsTheRest.class, "C03");
  }

  @Test
  void noticesThatItReadsWithoutDemand() {
    assertCaught(ReadsOn.class, "C04");
  }

  @Test
  void noticesThatACloseLosesTheQueue() {
    assertCaught(AlwaysDiscards.class, "C05");
  }

  @Test
  void noticesThatNothingIsDiscarded() {
    assertCaught(NeverDiscards.class, "C05");
  }

  @Test
  void noticesThatUnreadInputDestroysWhatWasSent() {
    assertCaught(ClosesOverUnreadInput.class, "C06");
  }

  @Test
  void noticesMessagesAfterTheClose() {
    assertCaught(ClosesLater.class, "C06");
  }

  @Test
  void noticesThatACloseNeverEnds() {
    assertCaught(WaitsForever.class, "C06");
  }

  @Test
  void noticesThatAnAbortIsPolite() {
    assertCaught(AbortsPolitely.class, "C07");
  }

  @Test
  void noticesThatAMessageIsHeldBack() {
    assertCaught(HoldsOneBack.class, "C08");
  }

  @Test
  void noticesThatALongTurnWritesNothing() {
    assertCaught(WritesAfterTheTurn.class, "C09_writes");
  }

  @Test
  void noticesThatQueuedBytesAreNotCounted() {
    assertCaught(CountsNothing.class, "C09_counts");
  }

  /** Lets everything in and keeps it until it is demanded. */
  abstract static class Hoarding extends WrongTransport {
    final Deque<ByteBuffer> hoard = new ArrayDeque<>();
    ConnectionListener to;
    int credit;

    /** On demand; tells whom to. */
    abstract void demanded();

    final void deliver() {
      while (credit > 0 && !hoard.isEmpty()) {
        credit--;
        to.onMessage(MessageKind.TEXT, hoard.remove());
      }
    }

    @Override
    protected Connection connection(Connection connection) {
      connection.demand(1_000_000);
      return new DelegatingConnection(connection) {
        @Override
        public void demand(int messages) {
          credit += messages;
          demanded();
        }
      };
    }

    @Override
    protected ConnectionListener listener(ConnectionListener core, Connection connection) {
      to = core;
      return new DelegatingListener(core) {
        @Override
        public void onMessage(MessageKind kind, ByteBuffer payload) {
          hoard.add(payload);
          deliver();
        }
      };
    }
  }

  static final class DeliversInsideDemand extends WrongSuite {
    @Override
    Transport wrong() {
      return new Hoarding() {
        @Override
        void demanded() {
          deliver();
        }
      };
    }
  }

  static final class ForgetsTheRest extends WrongSuite {
    @Override
    Transport wrong() {
      return new Hoarding() {
        @Override
        void demanded() {}
      };
    }
  }

  static final class ReadsOn extends WrongSuite {
    @Override
    Transport wrong() {
      return new Hoarding() {
        private Connection real;

        @Override
        protected Connection connection(Connection connection) {
          real = connection;
          return super.connection(connection);
        }

        @Override
        void demanded() {
          var unused = real.loop().execute(this::deliver);
        }
      };
    }
  }

  static final class DemandsByItself extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected Connection connection(Connection connection) {
          connection.demand(1_000);
          return connection;
        }
      };
    }
  }

  /** A suite whose connections are wrong in one method. */
  abstract static class OfConnections extends WrongSuite {
    abstract Connection wrong(Connection real);

    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected Connection connection(Connection connection) {
          return OfConnections.this.wrong(connection);
        }
      };
    }
  }

  static final class LetsOvertake extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        private PreparedMessage held;

        @Override
        public void send(PreparedMessage message, Flush flush) {
          if (flush == Flush.PACED) {
            held = message;
            var unused = loop().execute(this::release);
          } else {
            super.send(message, flush);
            release();
          }
        }

        private void release() {
          if (held != null) {
            super.send(held, Flush.PACED);
            held = null;
          }
        }
      };
    }
  }

  static final class AlwaysDiscards extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          super.close(status, Pending.DISCARD);
        }
      };
    }
  }

  static final class NeverDiscards extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          super.close(status, Pending.FLUSH);
        }
      };
    }
  }

  static final class ClosesOverUnreadInput extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          super.close(status, pending);
          abortOnceWritten();
        }

        private void abortOnceWritten() {
          if (queuedBytes() == 0) {
            abort();
          } else {
            loop().after(Duration.ofMillis(1), this::abortOnceWritten);
          }
        }
      };
    }
  }

  static final class ClosesLater extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          loop().after(Duration.ofMillis(100), () -> super.close(status, pending));
        }
      };
    }
  }

  static final class WaitsForever extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected TransportSettings settings(TransportSettings settings) {
          return settings.withCloseTimeout(Duration.ofHours(1));
        }
      };
    }
  }

  static final class AbortsPolitely extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        @Override
        public void abort() {
          super.close(new CloseStatus(1000, ""), Pending.FLUSH);
        }
      };
    }
  }

  static final class HoldsOneBack extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        private PreparedMessage held;

        @Override
        public void send(PreparedMessage message, Flush flush) {
          if (held != null) {
            super.send(held, flush);
          }
          held = message;
        }
      };
    }
  }

  static final class WritesAfterTheTurn extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        @Override
        public void send(PreparedMessage message, Flush flush) {
          var unused = loop().execute(() -> super.send(message, flush));
        }
      };
    }
  }

  static final class CountsNothing extends OfConnections {
    @Override
    Connection wrong(Connection real) {
      return new DelegatingConnection(real) {
        @Override
        public long queuedBytes() {
          return 0;
        }
      };
    }
  }
}
