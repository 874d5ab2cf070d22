package dev.roomcast.undertow.internal;

import dev.roomcast.wire.BytePipe;
import dev.roomcast.wire.PipeListener;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a pipe told. Thread-safe. */
class RecordingListener implements PipeListener {
  final BytePipe pipe;
  private final List<String> events = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int largestRead;

  RecordingListener(BytePipe pipe) {
    this.pipe = pipe;
  }

  @Override
  public synchronized void onBytes(ByteBuffer borrowed) {
    largestRead = Math.max(largestRead, borrowed.remaining());
    while (borrowed.hasRemaining()) {
      bytes.write(borrowed.get());
    }
  }

  @Override
  public synchronized void onEnd() {
    events.add("end");
  }

  @Override
  public synchronized void onWritable() {
    events.add("writable");
  }

  @Override
  public synchronized void onClosed(@Nullable Throwable cause) {
    events.add(cause == null ? "closed" : "broken");
  }

  synchronized List<String> events() {
    return List.copyOf(events);
  }

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  synchronized int largestRead() {
    return largestRead;
  }
}
