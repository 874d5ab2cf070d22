package dev.roomcast.testkit.hook;

import dev.roomcast.port.hook.HookExecutor;

final class VirtualThreadsTest extends HookExecutorContract {

  @Override
  protected HookExecutor newExecutor() {
    return HookExecutor.virtualThreads();
  }
}
