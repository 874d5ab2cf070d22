package dev.roomcast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Compression;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Flush;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.Pending;
import dev.roomcast.port.transport.PreparedMessage;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.wire.internal.GuardedListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WebSocketWireTest {
  private static final Handshake HANDSHAKE =
      new Handshake(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
          "/ws",
          Map.of(),
          Map.of(),
          "chat");

  private final FakeLoop loop = new FakeLoop();
  private final FakeLoop otherLoop = new FakeLoop();
  private final List<Connection> opened = new ArrayList<>();
  private final List<Handshake> handshakes = new ArrayList<>();

  private WebSocketWire wire = wire(Compression.off());

  private WebSocketWire wire(Compression compression) {
    return new WebSocketWire(
        new TransportContext(
            TransportSettings.defaults().withCompression(compression),
            new Acceptor() {
              @Override
              public Verdict admit(Handshake request) {
                return Verdict.accept();
              }

              @Override
              public ConnectionListener opened(Connection connection, Handshake handshake) {
                opened.add(connection);
                handshakes.add(handshake);
                return GuardedListener.nobody();
              }
            },
            Observer.none(),
            loop));
  }

  private FakePipe open(FakeLoop on) {
    FakePipe pipe = new FakePipe(on);
    pipe.listener = wire.open(pipe, HANDSHAKE).orElse(null);
    return pipe;
  }

  private static Handshake offering(String extension) {
    return new Handshake(
        HANDSHAKE.remoteAddress(),
        "/ws",
        Map.of(),
        Map.of("sec-websocket-extensions", List.of(extension)),
        null);
  }

  private List<String> sent(Handshake handshake, PreparedMessage message) {
    FakePipe pipe = new FakePipe(loop);
    pipe.listener = wire.open(pipe, handshake).orElseThrow();
    opened.getLast().send(message, Flush.TURN_END);
    loop.settle();
    return ServerFrames.describe(pipe.take());
  }

  @Test
  void compressesForThoseWhoseOfferItHasAccepted() {
    wire = wire(Compression.from(100));
    String text = "x".repeat(100);
    PreparedMessage message = wire.prepare(ClientFrames.utf8(text), true);
    assertThat(sent(offering("permessage-deflate"), message)).containsExactly("deflated:" + text);
    assertThat(sent(offering("permessage-deflate; server_max_window_bits=9"), message))
        .containsExactly("text:" + text);
    assertThat(sent(HANDSHAKE, message)).containsExactly("text:" + text);
  }

  @Test
  void sendsBinaryMessagesToo() {
    wire = wire(Compression.from(100));
    PreparedMessage small = wire.prepareBinary(new byte[] {-1, 0}, true);
    PreparedMessage large = wire.prepareBinary(new byte[100], true);
    assertThat(small.size()).isEqualTo(2);
    assertThat(sent(offering("permessage-deflate"), small)).containsExactly("binary:ff00");
    assertThat(sent(offering("permessage-deflate"), large))
        .containsExactly("deflated binary:" + "00".repeat(100));
    assertThat(sent(HANDSHAKE, large)).containsExactly("binary:" + "00".repeat(100));
    assertThat(sent(offering("permessage-deflate"), wire.prepareBinary(new byte[100], false)))
        .containsExactly("binary:" + "00".repeat(100));
  }

  @Test
  void compressesNothingBelowTheThreshold() {
    wire = wire(Compression.from(100));
    String text = "x".repeat(99);
    assertThat(sent(offering("permessage-deflate"), wire.prepare(ClientFrames.utf8(text), true)))
        .containsExactly("text:" + text);
  }

  @Test
  void compressesNothingThatMustNotBe() {
    wire = wire(Compression.from(0));
    String text = "x".repeat(99);
    assertThat(sent(offering("permessage-deflate"), wire.prepare(ClientFrames.utf8(text), false)))
        .containsExactly("text:" + text);
  }

  @Test
  void compressesNothingWhereItIsOff() {
    String text = "x".repeat(99);
    assertThat(sent(offering("permessage-deflate"), wire.prepare(ClientFrames.utf8(text), true)))
        .containsExactly("text:" + text);
  }

  @Test
  void announcesAConnectionWithItsLoopAndHandshake() {
    open(loop);
    open(otherLoop);
    assertThat(opened).extracting(Connection::loop).containsExactly(loop, otherLoop);
    assertThat(handshakes).containsExactly(HANDSHAKE, HANDSHAKE);
  }

  @Test
  void sendsOnePreparedMessageOnManyLoops() {
    FakePipe one = open(loop);
    FakePipe two = open(otherLoop);
    PreparedMessage message = wire.prepare(ClientFrames.utf8("hello €"), false);
    assertThat(message.size()).isEqualTo(9);
    opened.forEach(connection -> connection.send(message, Flush.PACED));
    loop.settle();
    otherLoop.settle();
    assertThat(ServerFrames.describe(one.take())).containsExactly("text:hello €");
    assertThat(ServerFrames.describe(two.take())).containsExactly("text:hello €");
  }

  @Test
  void opensNothingOnceItDoesNotAccept() {
    FakePipe before = open(loop);
    wire.stopAccepting();
    FakePipe after = open(otherLoop);
    assertThat(after.listener).isNull();
    assertThat(after.aborted).isTrue();
    assertThat(opened).hasSize(1);
    assertThat(before.aborted).isFalse();
  }

  @Test
  void abortsEveryConnectionOnItsLoop() {
    FakePipe one = open(loop);
    FakePipe two = open(otherLoop);
    opened.get(1).close(new CloseStatus(1001, ""), Pending.FLUSH);
    wire.close();
    assertThat(one.aborted).as("not on the caller's thread").isFalse();
    loop.settle();
    otherLoop.settle();
    assertThat(one.aborted).isTrue();
    assertThat(two.aborted).isTrue();
    assertThat(open(loop).aborted).as("nothing is opened any more").isTrue();
  }
}
