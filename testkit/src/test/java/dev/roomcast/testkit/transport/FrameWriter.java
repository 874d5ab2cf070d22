package dev.roomcast.testkit.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A queue of frames that a thread of its own writes to a socket. Thread-safe by its monitor. */
final class FrameWriter {
  private static final int CHUNK = 4096;

  private record Frame(ByteBuffer bytes, boolean message) {}

  private final OutputStream out;
  private final Runnable progress;
  private final List<Frame> frames = new ArrayList<>();
  private long unsent;
  private long taken;
  private boolean ended;

  /**
   * @param progress told on the writing thread after each write
   */
  FrameWriter(OutputStream out, Runnable progress) {
    this.out = out;
    this.progress = progress;
  }

  synchronized void message(int firstByte, byte[] payload) {
    add(firstByte, payload, true);
  }

  /** Control frames go between frames, before what waits, except the close. */
  synchronized void control(int firstByte, byte[] payload) {
    Frame frame = new Frame(frame(firstByte, payload), false);
    int at = frames.isEmpty() || frames.getFirst().bytes.position() == 0 ? 0 : 1;
    while (at < frames.size() && (firstByte == 0x88 || !frames.get(at).message)) {
      at++;
    }
    frames.add(at, frame);
    notifyAll();
  }

  private void add(int firstByte, byte[] payload, boolean message) {
    Frame frame = new Frame(frame(firstByte, payload), message);
    unsent += frame.bytes.remaining();
    frames.addLast(frame);
    notifyAll();
  }

  private static ByteBuffer frame(int firstByte, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) firstByte);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length < 65_536) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    return frame.put(payload).flip();
  }

  synchronized long unsent() {
    return unsent;
  }

  /** How many bytes the socket has taken so far. */
  synchronized long taken() {
    return taken;
  }

  synchronized boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Messages that were not written whole. */
  synchronized long messages() {
    return frames.stream().filter(Frame::message).count();
  }

  /** Drops what was not begun; returns how many messages that were. */
  synchronized long discard() {
    long before = messages();
    frames.removeIf(
        frame -> {
          boolean drop = frame.bytes.position() == 0;
          unsent -= drop && frame.message ? frame.bytes.remaining() : 0;
          return drop;
        });
    return before - messages();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The writing thread's work, until {@link #end} or an error. */
  void run() throws IOException, InterruptedException {
    byte[] chunk = new byte[CHUNK];
    for (int length = take(chunk); length > 0; length = take(chunk)) {
      out.write(chunk, 0, length);
      written(length);
      progress.run();
    }
  }

  private synchronized int take(byte[] chunk) throws InterruptedException {
    while (frames.isEmpty() && !ended) {
      wait();
    }
    if (ended) {
      return 0;
    }
    ByteBuffer bytes = frames.getFirst().bytes;
    int length = Math.min(chunk.length, bytes.remaining());
    bytes.get(chunk, 0, length);
    return length;
  }

  private synchronized void written(int length) {
    Frame frame = frames.getFirst();
    taken += length;
    unsent -= frame.message ? length : 0;
    if (!frame.bytes.hasRemaining()) {
      frames.removeFirst();
    }
  }
}
