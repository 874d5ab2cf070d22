package dev.roomcast.undertow;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.EndToEndContract;
import dev.roomcast.testkit.transport.DelegatingConnection;
import dev.roomcast.testkit.transport.DelegatingTransport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Transports that a client can tell from a right one, and the contract that must notice. */
final class WrongEndToEndTest {

  @Test
  void noticesThatAReasonIsMissing() {
    assertCaught(ForgetsReasons.class, "4003_closesAfterARefusal");
    assertCaught(ForgetsReasons.class, "4007");
  }

  @Test
  void noticesThatWhatWasSentIsLostWithTheClose() {
    assertCaught(ClosesAtOnce.class, "1001_closesAtTheShutdown");
  }

  @Test
  void noticesThatAMessageComesTwice() {
    assertCaught(RepeatsSome.class, "order_every");
  }

  @Test
  void noticesThatAMessageIsLost() {
    assertCaught(LosesSome.class, "order_what");
  }

  /** The contract on a right transport whose connections are wrong. */
  abstract static class Suite extends EndToEndContract {
    abstract Connection wrong(Connection right);

    @Override
    protected Transport newTransport() {
      return new DelegatingTransport(
          UndertowTransport.on(UndertowOptions.port(0).withIoThreads(2))) {
        @Override
        protected Connection connection(Connection right) {
          return wrong(right);
        }
      };
    }

    @Override
    protected Codec codec() {
      return JacksonCodec.create();
    }

    @Override
    protected Duration patience() {
      return Duration.ofSeconds(2);
    }
  }

  static final class ForgetsReasons extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new DelegatingConnection(right) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          super.close(new CloseStatus(status.code(), ""), pending);
        }
      };
    }
  }

  static final class ClosesAtOnce extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new DelegatingConnection(right) {
        @Override
        public void close(CloseStatus status, Pending pending) {
          super.close(status, Pending.DISCARD);
        }
      };
    }
  }

  static final class RepeatsSome extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new DelegatingConnection(right) {
        private int sent;

        @Override
        public void send(PreparedMessage message, Flush flush) {
          super.send(message, flush);
          if (++sent % 1_000 == 0) {
            super.send(message, flush);
          }
        }
      };
    }
  }

  static final class LosesSome extends Suite {
    @Override
    Connection wrong(Connection right) {
      return new DelegatingConnection(right) {
        private int sent;

        @Override
        public void send(PreparedMessage message, Flush flush) {
          if (++sent % 100 != 0) {
            super.send(message, flush);
          }
        }
      };
    }
  }
}
