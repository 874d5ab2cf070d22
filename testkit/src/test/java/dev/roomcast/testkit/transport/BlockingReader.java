package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.transport.FrameReader.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The reading thread of a connection, which it tells on its loop what came. */
final class BlockingReader implements Runnable {
  private final BlockingConnection connection;
  private final InputStream in;
  private final FrameWriter writer;
  private final TransportSettings settings;
  private final Set<Fault> faults;
  private final Optional<Deflation> deflation;

  /** It waits for it after each message, so that it never reads ahead of the demand. */
  private final Semaphore taken = new Semaphore(0);

  private byte[] heldPong; // confined to this thread, as the next
  private int messagesRead;

  BlockingReader(
      BlockingConnection connection,
      InputStream in,
      FrameWriter writer,
      TransportSettings settings,
      Set<Fault> faults,
      Optional<Deflation> deflation) {
    this.connection = connection;
    this.in = in;
    this.writer = writer;
    this.settings = settings;
    this.faults = faults;
    this.deflation = deflation;
  }

  /** The last message was taken: the next may be read. Any thread. */
  void goOn() {
    taken.release();
  }

  @Override
  public void run() {
    FrameReader frames =
        new FrameReader(in, settings.maxMessageBytes(), faults, deflation.orElse(null));
    try {
      readItems(frames);
    } catch (IOException | InterruptedException broken) {
      connection.post(connection::endOfStream);
    }
    try {
      in.skipNBytes(Long.MAX_VALUE);
    } catch (IOException ended) {
      connection.post(connection::endOfStream);
    }
  }

  private void readItems(FrameReader frames) throws IOException, InterruptedException {
    boolean open = true;
    while (open) {
      try {
        open = read(frames.next());
      } catch (FrameReader.Violation violation) {
        connection.post(() -> connection.closeByOurselves(violation.status()));
        if (!faults.contains(Fault.GOES_ON_AFTER_A_VIOLATION)) {
          frames.awaitClose();
          connection.post(connection::peerDone);
          open = false;
        }
      }
    }
  }

  /** Returns whether more may come. */
  private boolean read(Item item) throws IOException, InterruptedException {
    switch (item) {
      case Item.Ping(ByteBuffer payload) -> pong(BlockingConnection.bytes(payload));
      case Item.Message message -> {
        connection.post(() -> connection.arrived(message));
        taken.acquire();
        if (heldPong != null) {
          writer.control(0x8A, heldPong);
          heldPong = null;
        }
        if (faults.contains(Fault.READS_AHEAD_AND_FORGETS) && ++messagesRead % 100 == 0) {
          in.skipNBytes(in.available());
        }
      }
      case Item.Close(CloseStatus said) -> {
        connection.post(() -> connection.peerCloses(said));
        return faults.contains(Fault.GOES_ON_AFTER_CLOSE);
      }
    }
    return true;
  }

  private void pong(byte[] payload) {
    if (faults.contains(Fault.PONGS_AFTER_THE_MESSAGE)) {
      heldPong = payload;
    } else if (faults.contains(Fault.PONGS_WITHOUT_PAYLOAD)) {
      writer.control(0x8A, new byte[0]);
    } else if (!faults.contains(Fault.PONGS_NOTHING)) {
      writer.control(0x8A, payload);
    }
  }
}
