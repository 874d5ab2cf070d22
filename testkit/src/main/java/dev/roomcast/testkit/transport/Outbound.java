package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.CloseStatus;
import java.util.ArrayDeque;
import java.util.Deque;

/** What one simulated connection still has to write. Confined to the connection's loop. */
final class Outbound {

  /** What stands in the queue. */
  sealed interface Frame {
    long size();

    record Text(SimulatedMessage message) implements Frame {
      @Override
      public long size() {
        return message.framedSize();
      }
    }

    record Close(CloseStatus status) implements Frame {
      @Override
      public long size() {
        return 4;
      }
    }
  }

  private final Deque<Frame> frames = new ArrayDeque<>();
  private long takenOfHead;
  private long unsent;

  void add(Frame frame) {
    frames.add(frame);
    unsent += frame.size();
  }

  /** Drops everything but a frame that was begun; returns how many messages that were. */
  long discard() {
    if (frames.isEmpty()) {
      return 0;
    }
    long before = messages();
    Frame head = frames.getFirst();
    frames.clear();
    unsent = 0;
    if (takenOfHead > 0) {
      frames.add(head);
      unsent = head.size() - takenOfHead;
    }
    return before - messages();
  }

  /** How many messages have not been taken whole. */
  long messages() {
    return frames.stream().filter(Frame.Text.class::isInstance).count();
  }

  /** Offers everything to the client; returns whether it took a byte. */
  boolean writeTo(SimulatedClient client) {
    boolean progressed = false;
    while (!frames.isEmpty()) {
      Frame head = frames.getFirst();
      long taken = client.take(head.size() - takenOfHead);
      takenOfHead += taken;
      unsent -= taken;
      progressed |= taken > 0;
      if (takenOfHead < head.size()) {
        break;
      }
      frames.removeFirst();
      takenOfHead = 0;
      client.receive(head);
    }
    return progressed;
  }

  long unsent() {
    return unsent;
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  boolean isOneFrame() {
    return frames.size() == 1;
  }
}
