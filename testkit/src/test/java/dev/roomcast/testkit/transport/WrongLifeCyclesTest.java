package dev.roomcast.testkit.transport;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportAddress;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Transports that start, open, stop or refuse wrongly. */
final class WrongLifeCyclesTest {

  @Test
  void noticesASecondStart() {
    assertCaught(StartsAgain.class, "T01");
  }

  @Test
  void noticesThatATakenPortIsNotTold() {
    assertCaught(TakesAnyPort.class, "T01");
  }

  @Test
  void noticesThatItIsAskedTwice() {
    assertCaught(AsksTwice.class, "T02");
  }

  @Test
  void noticesThatItOpensOffTheLoop() {
    assertCaught(OpensElsewhere.class, "T02");
  }

  @Test
  void noticesThatARequestMayDrip() {
    assertCaught(WaitsForever.class, "T02_givesUp");
  }

  @Test
  void noticesThatAHeadMayBeLarge() {
    assertCaught(TakesLargeHeads.class, "T02_answers431");
  }

  @Test
  void noticesThatAMalformedRequestIsTaken() {
    assertCaught(TakesAnyKey.class, "T02_answers400");
  }

  @Test
  void noticesThatAnyVersionIsTaken() {
    assertCaught(TakesAnyVersion.class, "T02_answers426ToAnotherVersion");
  }

  @Test
  void noticesThatAPlainRequestIsTakenForAMalformedOne() {
    assertCaught(CallsPlainRequestsMalformed.class, "T02_answers426WhereNoUpgrade");
  }

  @Test
  void noticesThatAnyPathIsTaken() {
    assertCaught(TakesAnyPath.class, "T02_upgradesOnItsPathOnly");
  }

  @Test
  void noticesThatThePathIsItsOwn() {
    assertCaught(KnowsItsPathBetter.class, "T02_takesAPathOfTheSettings");
  }

  @Test
  void noticesConnectionsAfterTheStop() {
    assertCaught(NeverStops.class, "T03");
  }

  @Test
  void noticesThatAnEndIsNotReported() {
    assertCaught(EndsInSilence.class, "T04");
  }

  @Test
  void noticesThatNothingEnds() {
    assertCaught(NeverCloses.class, "T04");
  }

  @Test
  void noticesThatAMessageChanges() {
    assertCaught(ReusesItsMessage.class, "T05");
  }

  static final class StartsAgain extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        private TransportAddress address;

        @Override
        public TransportAddress start(TransportContext context) {
          address = address == null ? super.start(context) : address;
          return address;
        }
      };
    }
  }

  static final class TakesAnyPort extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport();
    }

    @Override
    protected Optional<Transport> newTransportOn(int port) {
      return Optional.of(new BlockingTransport(0));
    }
  }

  static final class AsksTwice extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected Verdict admit(Acceptor core, Handshake request) {
          var unused = core.admit(request);
          return core.admit(request);
        }
      };
    }
  }

  static final class OpensElsewhere extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected ConnectionListener opened(
            Acceptor core, Connection connection, Handshake request) {
          return CompletableFuture.supplyAsync(() -> core.opened(connection, request)).join();
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
          return settings.withHandshakeTimeout(Duration.ofHours(1));
        }
      };
    }
  }

  static final class TakesLargeHeads extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected TransportSettings settings(TransportSettings settings) {
          return settings.withMaxHandshakeBytes(1 << 20);
        }
      };
    }
  }

  /** A suite whose transport is wrong in one thing of its wire. */
  abstract static class OfWires extends WrongSuite {
    abstract Fault fault();

    @Override
    Transport wrong() {
      return new BlockingTransport(fault());
    }
  }

  static final class TakesAnyKey extends OfWires {
    @Override
    Fault fault() {
      return Fault.TAKES_ANY_KEY;
    }
  }

  static final class TakesAnyVersion extends OfWires {
    @Override
    Fault fault() {
      return Fault.TAKES_ANY_VERSION;
    }
  }

  static final class CallsPlainRequestsMalformed extends OfWires {
    @Override
    Fault fault() {
      return Fault.CALLS_PLAIN_REQUESTS_MALFORMED;
    }
  }

  static final class TakesAnyPath extends OfWires {
    @Override
    Fault fault() {
      return Fault.TAKES_ANY_PATH;
    }
  }

  static final class KnowsItsPathBetter extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        protected TransportSettings settings(TransportSettings settings) {
          return settings.withPath("/ws");
        }
      };
    }
  }

  static final class NeverStops extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        public void stopAccepting() {}
      };
    }
  }

  static final class EndsInSilence extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        private volatile boolean closing;

        @Override
        protected ConnectionListener listener(ConnectionListener core, Connection connection) {
          return new DelegatingListener(core) {
            @Override
            public void onClosed(CloseStatus status, long lostMessages) {
              if (!closing) {
                super.onClosed(status, lostMessages);
              }
            }
          };
        }

        @Override
        public void close() {
          closing = true;
          super.close();
        }
      };
    }
  }

  static final class NeverCloses extends WrongSuite {
    @Override
    Transport wrong() {
      return new WrongTransport() {
        @Override
        public void close() {}
      };
    }
  }

  static final class ReusesItsMessage extends WrongSuite {
    /** One for all, and what it says is what was prepared last. */
    private static final class Reused implements PreparedMessage {
      private volatile PreparedMessage last;

      @Override
      public int size() {
        return last.size();
      }
    }

    @Override
    Transport wrong() {
      Reused reused = new Reused();
      return new WrongTransport() {
        @Override
        public PreparedMessage prepare(byte[] utf8, boolean compressible) {
          reused.last = super.prepare(utf8, compressible);
          return reused;
        }

        @Override
        protected Connection connection(Connection connection) {
          return new DelegatingConnection(connection) {
            @Override
            public void send(PreparedMessage message, Flush flush) {
              super.send(reused.last, flush);
            }
          };
        }
      };
    }
  }
}
