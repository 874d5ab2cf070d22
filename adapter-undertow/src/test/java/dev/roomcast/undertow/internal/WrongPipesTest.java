package dev.roomcast.undertow.internal;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.simulation.pipe.PipeContract;
import dev.roomcast.simulation.pipe.PipeListening;
import dev.roomcast.testkit.transport.DelegatingLoop;
import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import dev.roomcast.wire.PipeLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Pipes that break one rule each, and the contract that must notice. */
final class WrongPipesTest {

  @Test
  void noticesAnEndOfTheTurnInsideTheTurn() {
    assertCaught(EndsTurnsAtOnce.class, "W01");
  }

  @Test
  void noticesBytesThatAreSaidToBeTakenAndAreNot() {
    assertCaught(SaysThatItTookAll.class, "W02");
  }

  @Test
  void noticesThatAWriteIsNotWaitedFor() {
    assertCaught(NeverAsksToWrite.class, "W03");
  }

  @Test
  void noticesThatItReadsUnasked() {
    assertCaught(ReadsAlways.class, "W04");
  }

  @Test
  void noticesThatWhatWasWrittenIsDestroyed() {
    assertCaught(ClosesAtOnce.class, "W05");
  }

  /** Passes everything on; subclasses break one thing. */
  static class Passing implements BytePipe {
    final BytePipe right;

    Passing(BytePipe right) {
      this.right = right;
    }

    @Override
    public PipeLoop loop() {
      return right.loop();
    }

    @Override
    public int write(ByteBuffer direct) throws IOException {
      return right.write(direct);
    }

    @Override
    public void wantWrite(boolean on) {
      right.wantWrite(on);
    }

    @Override
    public void wantRead(boolean on) {
      right.wantRead(on);
    }

    @Override
    public void closeAfterFlush() {
      right.closeAfterFlush();
    }

    @Override
    public void abort() {
      right.abort();
    }
  }

  /** The contract on a wrong pipe. */
  abstract static class Suite extends PipeContract {
    abstract BytePipe wrong(BytePipe right);

    @Override
    protected PipeListening listen(Function<BytePipe, PipeListener> opener) throws Exception {
      return XnioPipeContractTest.listening(new PipeServer(right -> opener.apply(wrong(right))));
    }

    @Override
    protected Duration patience() {
      return Duration.ofMillis(800);
    }
  }

  static final class EndsTurnsAtOnce extends Suite {
    private static final class Hasty extends DelegatingLoop implements PipeLoop {
      Hasty(PipeLoop right) {
        super(right);
      }

      @Override
      public void atTurnEnd(Runnable task) {
        task.run();
      }
    }

    @Override
    BytePipe wrong(BytePipe right) {
      PipeLoop hasty = new Hasty(right.loop());
      return new Passing(right) {
        @Override
        public PipeLoop loop() {
          return hasty;
        }
      };
    }
  }

  static final class SaysThatItTookAll extends Suite {
    @Override
    BytePipe wrong(BytePipe right) {
      return new Passing(right) {
        @Override
        public int write(ByteBuffer direct) throws IOException {
          int all = direct.remaining();
          int unused = right.write(direct);
          direct.position(direct.limit());
          return all;
        }
      };
    }
  }

  static final class NeverAsksToWrite extends Suite {
    @Override
    BytePipe wrong(BytePipe right) {
      return new Passing(right) {
        @Override
        public void wantWrite(boolean on) {}
      };
    }
  }

  static final class ReadsAlways extends Suite {
    @Override
    BytePipe wrong(BytePipe right) {
      right.loop().execute(() -> right.wantRead(true));
      return new Passing(right) {
        @Override
        public void wantRead(boolean on) {}
      };
    }
  }

  static final class ClosesAtOnce extends Suite {
    @Override
    BytePipe wrong(BytePipe right) {
      return new Passing(right) {
        @Override
        public void closeAfterFlush() {
          right.abort();
        }
      };
    }
  }
}
