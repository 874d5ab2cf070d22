package dev.roomcast.testkit.transport;

import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client of a {@link SimulatedTransport}, and the network between the two. What it does takes
 * effect in a later step of the connection's loop; what it sees is what has reached it.
 */
public final class SimulatedClient {
  private final List<String> received = new ArrayList<>();
  private final List<String> handedOver = new ArrayList<>();
  private final List<Inbound> early = new ArrayList<>();
  private @Nullable SimulatedConnection connection;
  private Verdict.@Nullable Reject rejection;
  private @Nullable CloseStatus closed;
  private long window = Long.MAX_VALUE;
  private boolean answersClose = true;
  private boolean saidClose;

  SimulatedClient() {}

  /** Sends a text message. */
  public void send(String text) {
    sendText(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a text message of these bytes, which need not be UTF-8. */
  public void sendText(byte[] payload) {
    transmit(new Inbound.Message(copyOf(payload), MessageKind.TEXT));
  }

  /** Sends a binary message. */
  public void sendBinary(byte[] payload) {
    transmit(new Inbound.Message(copyOf(payload), MessageKind.BINARY));
  }

  /** Begins the closing handshake, with an empty reason. */
  public void close(int code) {
    close(new CloseStatus(code, ""));
  }

  /** Begins the closing handshake. */
  public void close(CloseStatus status) {
    transmit(new Inbound.Close(status));
    saidClose = true;
  }

  /** The connection breaks, without a closing handshake; what is on its way is lost. */
  public void vanish() {
    breakOff();
    SimulatedConnection open = connection;
    if (open != null) {
      open.loop().io(open::broke);
    }
  }

  /** Stops reading: the server's socket takes nothing more. */
  public void block() {
    window = 0;
  }

  /** Reads so many more bytes while blocked; a frame may be cut in the middle. */
  public void read(long bytes) {
    window = window > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : window + bytes;
    SimulatedConnection open = connection;
    if (open != null) {
      open.loop().io(open::writable);
    }
  }

  /** Reads everything again. */
  public void unblock() {
    read(Long.MAX_VALUE);
  }

  /** Never answers a close, so that the server ends the connection after {@code closeTimeout}. */
  public void ignoreCloses() {
    answersClose = false;
  }

  /** Whether the upgrade has succeeded. */
  public boolean opened() {
    return connection != null;
  }

  /** How the upgrade was refused. */
  public Optional<Verdict.Reject> rejection() {
    return Optional.ofNullable(rejection);
  }

  /** The texts that have reached this client, in order. A copy. */
  public List<String> received() {
    return List.copyOf(received);
  }

  /** The same, and forgets them. */
  public List<String> takeReceived() {
    List<String> taken = received();
    received.clear();
    return taken;
  }

  /**
   * The texts that the server has handed to the connection, in order, whether they reached this
   * client or not. A copy.
   */
  public List<String> handedOver() {
    return List.copyOf(handedOver);
  }

  /** How the connection ended as this client sees it; 1006 if it broke. Empty while it is open. */
  public Optional<CloseStatus> closed() {
    return Optional.ofNullable(closed);
  }

  /** How many messages the server has asked for beyond those delivered. */
  public long credit() {
    return connection == null ? 0 : connection.credit();
  }

  /** How many messages have arrived at the server and wait for demand. */
  public int undelivered() {
    return connection == null ? early.size() : connection.undelivered();
  }

  // The server's side.

  void opened(SimulatedConnection opened) {
    connection = opened;
    early.forEach(this::transmitOpen);
    early.clear();
    if (closed != null) {
      opened.loop().io(opened::broke);
    }
  }

  void rejected(Verdict.Reject reason) {
    rejection = reason;
  }

  void handOver(SimulatedMessage message) {
    handedOver.add(message.text());
  }

  /** How many of these bytes the client takes now. */
  long take(long bytes) {
    long taken = closed == null ? Math.min(bytes, window) : 0;
    window -= window == Long.MAX_VALUE ? 0 : taken;
    return taken;
  }

  void receive(Outbound.Frame frame) {
    switch (frame) {
      case Outbound.Frame.Text(SimulatedMessage message) -> received.add(message.text());
      case Outbound.Frame.Close(CloseStatus status) -> {
        if (answersClose && !saidClose) {
          transmit(new Inbound.Close(status));
        }
        closed = status;
      }
    }
  }

  void breakOff() {
    if (closed == null) {
      closed = CloseStatus.ABNORMAL;
    }
  }

  private static ByteBuffer copyOf(byte[] payload) {
    return ByteBuffer.wrap(payload.clone()).asReadOnlyBuffer();
  }

  private void transmit(Inbound next) {
    if (closed != null || saidClose) {
      return;
    }
    if (connection == null) {
      early.add(next);
    } else {
      transmitOpen(next);
    }
  }

  private void transmitOpen(Inbound next) {
    SimulatedConnection open = connection;
    if (open != null) {
      open.loop().io(() -> open.arrived(next));
    }
  }
}
