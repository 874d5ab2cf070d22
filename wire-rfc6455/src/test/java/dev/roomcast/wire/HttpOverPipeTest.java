package dev.roomcast.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.CountingObserver;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Backpressure;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.MessageKind;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpOverPipeTest {
  private static final InetSocketAddress PEER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
  private static final String REQUEST =
      """
      GET /ws?a=1 HTTP/1.1
      Host: here
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");

  private final FakeLoop loop = new FakeLoop();
  private final FakePipe pipe = new FakePipe(loop);
  private final CountingObserver counts = new CountingObserver();
  private final List<Handshake> opened = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private Connection connection;

  private final WebSocketWire wire =
      new WebSocketWire(
          new TransportContext(TransportSettings.defaults(), new Door(), counts, loop));

  private final class Door implements Acceptor, ConnectionListener {
    @Override
    public Verdict admit(Handshake request) {
      return Verdict.accept();
    }

    @Override
    public ConnectionListener opened(Connection made, Handshake handshake) {
      connection = made;
      opened.add(handshake);
      return this;
    }

    @Override
    public void onMessage(MessageKind kind, ByteBuffer payload) {
      told.add(ISO_8859_1.decode(payload).toString());
    }

    @Override
    public void onBackpressure(Backpressure level) {}

    @Override
    public void onClosing(CloseStatus status) {
      told.add("closing " + status.code());
    }

    @Override
    public void onClosed(CloseStatus status, long lostMessages) {
      told.add("closed " + status.code());
    }
  }

  private FakePipe accept() {
    pipe.listener = wire.accept(pipe, PEER);
    assertThat(pipe.wantsRead).isTrue();
    return pipe;
  }

  private void receive(String text) {
    pipe.receive(text.getBytes(ISO_8859_1));
    loop.settle();
  }

  private String answer() {
    return new String(pipe.take(), ISO_8859_1);
  }

  @Test
  void upgradesARequestThatComesByteByByte() {
    accept();
    for (int i = 0; i < REQUEST.length(); i++) {
      assertThat(opened).isEmpty();
      receive(REQUEST.substring(i, i + 1));
    }

    assertThat(answer())
        .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
        .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n")
        .endsWith("\r\n\r\n");
    assertThat(opened).hasSize(1);
    assertThat(opened.getFirst().remoteAddress()).isEqualTo(PEER);
    assertThat(opened.getFirst().queryParameter("a")).contains("1");
  }

  @Test
  void deliversWhatCameWithTheRequestBeforeWhatComesLater() {
    accept();
    byte[] first = ClientFrames.text("early");
    pipe.receive(ClientFrames.join(REQUEST.getBytes(ISO_8859_1), first));
    connection.demand(9);
    assertThat(told).as("not from inside a method").isEmpty();
    assertThat(pipe.wantsRead).as("what is there comes first").isFalse();
    loop.settle();
    assertThat(pipe.wantsRead).isTrue();
    pipe.receive(ClientFrames.text("late"));
    loop.settle();

    assertThat(told).containsExactly("early", "late");
  }

  @Test
  void deliversNothingOfAPipeThatIsGone() {
    accept();
    pipe.receive(ClientFrames.join(REQUEST.getBytes(ISO_8859_1), ClientFrames.text("early")));
    connection.demand(9);
    PipeListener listener = pipe.listener;
    pipe.listener = null;
    listener.onClosed(null);
    loop.settle();

    assertThat(told).containsExactly("closed 1006");
  }

  @Test
  void passesEverythingOnOnceItIsOpen() {
    accept();
    receive(REQUEST);
    connection.demand(1);
    receive("");
    pipe.receive(ClientFrames.text("hello"));
    pipe.listener.onEnd();
    loop.settle();

    assertThat(told).containsExactly("hello", "closing 1006", "closed 1006");
  }

  @Test
  void tellsAnotherPathWhereToGo() {
    accept();
    receive(REQUEST.replace("/ws", "/elsewhere"));

    assertThat(answer())
        .startsWith("HTTP/1.1 404 \r\nConnection: close\r\nContent-Length: ")
        .endsWith("\r\n\r\nNothing here; WebSocket connections are taken at /ws\n");
    assertThat(pipe.closedAfterFlush).isTrue();
    assertThat(opened).isEmpty();
  }

  @Test
  void refusesAsTheWireDoes() {
    accept();
    wire.stopAccepting();
    receive(REQUEST);

    assertThat(answer()).startsWith("HTTP/1.1 503 ").endsWith("\r\n\r\nServer shutting down\n");
    assertThat(pipe.closedAfterFlush).isTrue();
  }

  @Test
  void refusesAndCountsALargeHead() {
    accept();
    receive(REQUEST.replace("Host: ", "Host: " + "x".repeat(16 * 1024)));

    assertThat(answer()).startsWith("HTTP/1.1 431 ");
    assertThat(pipe.closedAfterFlush).isTrue();
    assertThat(counts.sum(Signal.CONNECTION_REFUSED)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoRequest() {
    accept();
    pipe.lingers = true;
    receive("\u0016\u0003\u0001 TLS\r\n\r\n");
    assertThat(answer()).startsWith("HTTP/1.1 400 ").contains("Bad request: the first line");
    receive(REQUEST);

    assertThat(answer()).as("it was answered once").isEmpty();
    assertThat(opened).isEmpty();
  }

  @Test
  void abortsARequestThatTakesTooLong() {
    accept();
    receive(REQUEST.substring(0, 50));
    loop.advance(TransportSettings.defaults().handshakeTimeout().minusMillis(1));
    assertThat(pipe.aborted).isFalse();
    loop.advance(Duration.ofMillis(1));

    assertThat(pipe.aborted).isTrue();
    assertThat(counts.sum(Signal.CONNECTION_REFUSED)).isEqualTo(1);
  }

  @Test
  void abortsASilentConnectionAndCountsNothing() {
    accept();
    loop.advance(TransportSettings.defaults().handshakeTimeout());

    assertThat(pipe.aborted).isTrue();
    assertThat(counts.sum(Signal.CONNECTION_REFUSED)).isZero();
  }

  @Test
  void abortsARefusedPeerThatDoesNotGo() {
    accept();
    pipe.lingers = true;
    receive("nonsense\r\n\r\n");
    loop.advance(TransportSettings.defaults().handshakeTimeout());

    assertThat(pipe.aborted).isTrue();
  }

  @Test
  void hasNoTimeOutOnceItIsOpen() {
    accept();
    receive(REQUEST);
    loop.advance(TransportSettings.defaults().handshakeTimeout());

    assertThat(pipe.aborted).isFalse();
  }

  @Test
  void endsWithAPeerThatEnds() {
    accept();
    pipe.listener.onEnd();
    loop.settle();

    assertThat(pipe.closedAfterFlush).isTrue();
    assertThat(opened).isEmpty();
  }

  @Test
  void abortsWhereTheAnswerCannotBeWritten() {
    accept();
    pipe.failure = new IOException("on purpose");
    receive(REQUEST);

    assertThat(pipe.aborted).isTrue();
    assertThat(opened).isEmpty();
  }

  @Test
  void abortsAPeerThatDoesNotTakeItsAnswer() {
    accept();
    pipe.room = 10;
    receive(REQUEST);

    assertThat(pipe.aborted).isTrue();
    assertThat(opened).isEmpty();
  }
}
