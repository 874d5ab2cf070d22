package dev.roomcast.wire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

final class OutboundQueueTest {

  /** A list of frames and an offset, as simple as it can be. */
  private static final class Model {
    final List<byte[]> frames = new ArrayList<>();
    int offset;

    void taken(int bytes) {
      offset += bytes;
      while (!frames.isEmpty() && offset >= frames.get(0).length) {
        offset -= frames.remove(0).length;
      }
    }

    long queuedBytes() {
      long bytes = 0;
      for (byte[] frame : frames) {
        bytes += frame[0] == 1 ? frame.length : 0;
      }
      return bytes - (offset > 0 && frames.get(0)[0] == 1 ? offset : 0);
    }
  }

  @Property
  void behavesAsAListOfFrames(@ForAll long seed) {
    Random random = new Random(seed);
    OutboundQueue queue = new OutboundQueue();
    Model model = new Model();
    for (int step = 0; step < 200; step++) {
      byte[] data = new byte[1 + random.nextInt(20)];
      data[0] = 1;
      byte[] control = new byte[1 + random.nextInt(5)];
      control[0] = 0x9;
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          queue.add(data);
          model.frames.add(data);
        }
        case 3 -> {
          queue.addInFront(control);
          model.frames.add(model.offset > 0 ? 1 : 0, control);
        }
        case 4, 5, 6 -> {
          int waiting = model.frames.stream().mapToInt(frame -> frame.length).sum() - model.offset;
          int taken = random.nextInt(waiting + 1);
          queue.taken(taken);
          model.taken(taken);
        }
        default -> {
          if (random.nextInt(5) == 0) {
            queue.discardUnbegun();
            model.frames.subList(model.offset > 0 ? 1 : 0, model.frames.size()).clear();
          }
        }
      }
      assertThat(queue.size()).isEqualTo(model.frames.size());
      assertThat(queue.isEmpty()).isEqualTo(model.frames.isEmpty());
      assertThat(queue.firstOffset()).isEqualTo(model.offset);
      assertThat(queue.queuedBytes()).isEqualTo(model.queuedBytes());
      assertThat(queue.messages())
          .isEqualTo((int) model.frames.stream().filter(frame -> frame[0] == 1).count());
      for (int i = 0; i < queue.size(); i++) {
        assertThat(queue.frame(i)).isSameAs(model.frames.get(i));
      }
    }
  }
}
