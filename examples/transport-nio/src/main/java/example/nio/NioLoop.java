package example.nio;

import dev.roomcast.port.time.TimeSource;
import dev.roomcast.wire.loop.SelectorLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.concurrent.CompletableFuture;

/** A thread with a selector; a pipe is attached to each of its keys. */
final class NioLoop {
  final SelectorLoop turns;
  final Selector selector = Selector.open();
  final ByteBuffer readBuffer = ByteBuffer.allocateDirect(64 * 1024);
  private final CompletableFuture<Void> ended;

  NioLoop(String name, TimeSource time) throws IOException {
    turns = new SelectorLoop(name, time);
    var thread = Thread.ofPlatform().name(name).daemon();
    ended = CompletableFuture.runAsync(() -> turns.run(selector), thread::start);
  }

  /** Aborts what is still open, runs what was accepted, and ends the thread. Off the loop. */
  void close() {
    turns.execute(
        () -> {
          selector.keys().forEach(key -> ((NioPipe) key.attachment()).abort());
          turns.close();
        });
    ended.join();
  }
}
