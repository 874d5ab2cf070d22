package dev.roomcast.testkit.transport;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.transport.Transport;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.transport.FrameReader.Violation;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transports that compress wrongly. */
final class WrongCompressionTest {

  @Test
  void noticesThatNothingIsCompressed() {
    assertCaught(NeverAgrees.class, "T06_agreesWhereItIsOnAndOffered");
  }

  @Test
  void noticesAnAgreementOfOneSide() {
    assertCaught(AlwaysAgrees.class, "T06_agreesOnNothingThatWasNotOffered");
    assertCaught(AlwaysAgrees.class, "T06_agreesOnNothingWhereItIsOff");
  }

  @Test
  void noticesParametersThatNobodyKnows() {
    assertCaught(AgreesToAnything.class, "T06_declines");
  }

  @Test
  void noticesThatOnlyTheFirstOfferIsRead() {
    assertCaught(ReadsOneOffer.class, "T06_takesTheNextOffer");
  }

  @Test
  void noticesASecretThatIsCompressed() {
    assertCaught(CompressesEverything.class, "T06_neverCompresses");
    assertCaught(CompressesEverything.class, "T06_compressesNothingBelow");
  }

  @Test
  void noticesACompressedMessageToOneWhoHasNotAgreed() {
    assertCaught(AlwaysAgrees.class, "T06_sendsOneMessageInTheForm");
  }

  @Test
  void noticesThatWhatIsInflatedIsNotBounded() {
    assertCaught(InflatesWithoutLimit.class, "T06_closesWith1009OnABomb");
    assertCaught(InflatesWithoutLimit.class, "T06_closesWith1009OnWhat");
  }

  @Test
  void noticesAMessageThatLacksItsEnd() {
    assertCaught(ForgetsTheTail.class, "T06_reads");
  }

  @Test
  void noticesThatCorruptDataIsDelivered() {
    assertCaught(DeliversCorruptData.class, "T06_closesOnCorrupt");
  }

  @Test
  void noticesMarksWhereNoneMayBe() {
    assertCaught(MarksAnywhere.class, "T06_closesWith1002OnACompressedC");
  }

  @Test
  void noticesThatTheTailIsSent() {
    assertCaught(SendsTheTail.class, "T06_sends");
  }

  abstract static class Compressing extends CompressionContract {
    abstract Deflation wrong();

    @Override
    protected Transport newTransport() {
      return new BlockingTransport(wrong());
    }

    @Override
    protected Duration patience() {
      return Duration.ofMillis(800);
    }
  }

  static final class NeverAgrees extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        boolean offers(boolean on, List<String> headers) {
          return false;
        }
      };
    }
  }

  static final class AlwaysAgrees extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        boolean offers(boolean on, List<String> headers) {
          return true;
        }
      };
    }
  }

  static final class AgreesToAnything extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        boolean acceptable(String offer) {
          return offer.strip().startsWith("permessage-deflate");
        }
      };
    }
  }

  static final class ReadsOneOffer extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        boolean offers(boolean on, List<String> headers) {
          return on && !headers.isEmpty() && acceptable(headers.getFirst().split(",", 2)[0]);
        }
      };
    }
  }

  static final class CompressesEverything extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        boolean compresses(TransportSettings settings, BlockingConnection.Prepared message) {
          return true;
        }
      };
    }
  }

  static final class InflatesWithoutLimit extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        byte[] inflate(byte[] compressed, int limit) throws Violation {
          // The size is forgotten: as much as the limit allows is taken for all there was.
          return Arrays.copyOf(super.inflate(compressed, limit), limit);
        }
      };
    }
  }

  static final class ForgetsTheTail extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        byte[] inflate(byte[] compressed, int limit) throws Violation {
          byte[] whole = super.inflate(compressed, limit);
          return Arrays.copyOf(whole, Math.max(0, whole.length - 1));
        }
      };
    }
  }

  static final class DeliversCorruptData extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        byte[] inflate(byte[] compressed, int limit) {
          try {
            return RawDeflate.inflate(compressed, limit + 1);
          } catch (IOException corrupt) {
            return compressed;
          }
        }
      };
    }
  }

  static final class MarksAnywhere extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        boolean mayMark(int opcode) {
          return true;
        }
      };
    }
  }

  static final class SendsTheTail extends Compressing {
    @Override
    Deflation wrong() {
      return new Deflation() {
        @Override
        byte[] deflate(byte[] message) {
          return ClientFrames.join(super.deflate(message), new byte[] {0, 0, -1, -1});
        }
      };
    }
  }
}
