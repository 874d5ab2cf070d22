package dev.roomcast.testkit.hook;

import static dev.roomcast.testkit.contract.ContractRun.assertCaught;

import dev.roomcast.port.hook.HookExecutor;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Executors that break one rule each, and the contract that must notice. */
final class WrongHookExecutorsTest {

  @Test
  void noticesATaskInsideTheCall() {
    assertCaught(RunsInside.class, "H01");
  }

  @Test
  void noticesThatOneTaskHoldsUpAnother() {
    assertCaught(HasOneThread.class, "H02");
  }

  abstract static class Suite extends HookExecutorContract {
    @Override
    protected Duration patience() {
      return Duration.ofMillis(200);
    }
  }

  static final class RunsInside extends Suite {
    @Override
    protected HookExecutor newExecutor() {
      return Runnable::run;
    }
  }

  static final class HasOneThread extends Suite {
    @Override
    protected HookExecutor newExecutor() {
      return Executors.newSingleThreadExecutor(work -> Thread.ofPlatform().daemon().unstarted(work))
          ::execute;
    }
  }
}
