package dev.roomcast.testkit.transport;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Transports that tell something wrong, or do not keep clients in check. */
final class WrongListenersTest {

  @Test
  void noticesThatALevelIsNotTold() {
    assertCaught(NeverClear.class, "backpressure_tellsEachLevel");
  }

  @Test
  void noticesThatALevelIsRepeated() {
    assertCaught(RepeatsLevels.class, "backpressure_tellsEachLevel");
  }

  @Test
  void noticesThatAStallIsNotTold() {
    assertCaught(NeverStalls.class, "backpressure_tellsAStall");
  }

  @Test
  void noticesThatTheBeginOfACloseIsNotTold() {
    assertCaught(ClosesInSilence.class, "onClosing");
  }

  @Test
  void noticesASecondEnd() {
    assertCaught(EndsTwice.class, "onClosed_comesOnce");
  }

  @Test
  void noticesAWrongStatus() {
    assertCaught(TellsAnotherStatus.class, "onClosed_tells1006");
  }

  @Test
  void noticesThatLostMessagesAreNotCounted() {
    assertCaught(LosesInSilence.class, "onClosed_counts");
  }

  @Test
  void noticesThatAListenersFaultIsSwallowed() {
    assertCaught(Swallows.class, "listener");
  }

  @Test
  void noticesThatViolationsPass() {
    assertCaught(TakesEverything.class, "1002");
  }

  @Test
  void noticesThatMalformedTextPasses() {
    assertCaught(TakesEverything.class, "1007");
  }

  @Test
  void noticesThatSizesHaveNoLimit() {
    assertCaught(TakesAnySize.class, "1009");
  }

  @Test
  void noticesThatPingsAreNotAnswered() {
    assertCaught(AnswersNoPings.class, "pong");
  }

  @Test
  void noticesThatPongsAreEmpty() {
    assertCaught(AnswersWithEmptyPongs.class, "pong");
  }

  @Test
  void noticesThatASingleLargeMessageIsBlamed() {
    assertCaught(BlamesASingleMessage.class, "backpressure_allowsASingleMessage");
  }

  @Test
  void noticesThatSilenceIsEndured() {
    assertCaught(EnduresSilence.class, "1001");
  }

  /** A suite whose listeners are told something else. */
  abstract static class OfListeners extends WrongSuite {
    abstract ConnectionListener wrong(ConnectionListener core);

    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected ConnectionListener listener(ConnectionListener core, Connection connection) {
          return OfListeners.this.wrong(core);
        }
      };
    }
  }

  static final class NeverClear extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onBackpressure(Backpressure level) {
          if (level != Backpressure.CLEAR) {
            super.onBackpressure(level);
          }
        }
      };
    }
  }

  static final class RepeatsLevels extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onBackpressure(Backpressure level) {
          super.onBackpressure(level);
          super.onBackpressure(level);
        }
      };
    }
  }

  static final class NeverStalls extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected TransportSettings settings(TransportSettings settings) {
          return settings.withStallTimeout(Duration.ofHours(1));
        }
      };
    }
  }

  static final class ClosesInSilence extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onClosing(CloseStatus status) {}
      };
    }
  }

  static final class EndsTwice extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onClosed(CloseStatus status, long lostMessages) {
          super.onClosed(status, lostMessages);
          super.onClosed(status, lostMessages);
        }
      };
    }
  }

  static final class TellsAnotherStatus extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onClosed(CloseStatus status, long lostMessages) {
          super.onClosed(new CloseStatus(1000, ""), lostMessages);
        }
      };
    }
  }

  static final class LosesInSilence extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onClosed(CloseStatus status, long lostMessages) {
          super.onClosed(status, 0);
        }
      };
    }
  }

  static final class Swallows extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onMessage(MessageKind kind, ByteBuffer payload) {
          try {
            super.onMessage(kind, payload);
          } catch (IllegalStateException thrown) {
            assert thrown != null;
          }
        }
      };
    }
  }

  static final class TakesEverything extends WrongSuite {
    @Override
    Transport wrong() {
      return new BlockingTransport(
          Fault.TAKES_UNMASKED,
          Fault.TAKES_RESERVED_BITS,
          Fault.TAKES_RESERVED_OPCODES,
          Fault.TAKES_MALFORMED_TEXT,
          Fault.TAKES_CUT_CHARACTERS);
    }
  }

  static final class AnswersNoPings extends WrongSuite {
    @Override
    Transport wrong() {
      return new BlockingTransport(Fault.PONGS_NOTHING);
    }
  }

  static final class AnswersWithEmptyPongs extends WrongSuite {
    @Override
    Transport wrong() {
      return new BlockingTransport(Fault.PONGS_WITHOUT_PAYLOAD);
    }
  }

  static final class BlamesASingleMessage extends OfListeners {
    @Override
    ConnectionListener wrong(ConnectionListener core) {
      return new DelegatingListener(core) {
        @Override
        public void onBackpressure(Backpressure level) {
          super.onBackpressure(level == Backpressure.HIGH ? Backpressure.OVER_LIMIT : level);
        }
      };
    }
  }

  static final class TakesAnySize extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected TransportSettings settings(TransportSettings settings) {
          return settings.withMaxMessageBytes(1 << 30);
        }
      };
    }
  }

  static final class EnduresSilence extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected TransportSettings settings(TransportSettings settings) {
          return settings.withIdleTimeout(Duration.ZERO);
        }
      };
    }
  }
}
