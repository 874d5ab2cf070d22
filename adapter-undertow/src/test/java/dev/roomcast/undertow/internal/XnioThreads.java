package dev.roomcast.undertow.internal;

import dev.roomcast.wire.LoopGroup;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/** One I/O thread of XNIO and its loop, without any HTTP. */
final class XnioThreads {
  final XnioWorker worker;
  final XnioIoThread thread;
  final LoopGroup loops = new LoopGroup();
  final XnioLoop loop;

  XnioThreads() throws IOException {
    worker =
        Xnio.getInstance()
            .createWorker(
                OptionMap.builder()
                    .set(Options.WORKER_IO_THREADS, 1)
                    .set(Options.WORKER_TASK_CORE_THREADS, 1)
                    .set(Options.WORKER_TASK_MAX_THREADS, 1)
                    .getMap());
    thread = worker.getIoThread(0);
    loop = new XnioLoops(loops).of(thread);
  }

  /** What the action yields when run on the loop. */
  <T> T onLoop(Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    thread.execute(
        () -> {
          try {
            result.complete(action.get());
          } catch (RuntimeException | Error thrown) {
            result.completeExceptionally(thrown);
          }
        });
    return result.orTimeout(10, TimeUnit.SECONDS).join();
  }

  void onLoop(Runnable action) {
    onLoop(
        () -> {
          action.run();
          return 0;
        });
  }

  void stop() throws InterruptedException {
    worker.shutdownNow();
    worker.awaitTermination();
  }
}
