package dev.roomcast.jetty;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.simulation.tls.Security;
import dev.roomcast.testkit.conformance.EchoEnd;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HostPortHttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** WebSockets on streams of HTTP/2 in a foreign Jetty (RFC 8441), in the clear and with TLS. */
@Timeout(60)
@ParameterizedClass
@EnumSource
final class WebSocketOverHttp2Test {
  private final JettyTransport transport = JettyTransport.embedded();
  private final CompletableFuture<Handshake> asked = new CompletableFuture<>();
  private final CompletableFuture<EchoEnd> opened = new CompletableFuture<>();
  private final Server server = new Server();
  private final ServerConnector connector;
  private final ClientConnector sockets = new ClientConnector();
  private final HTTP2Client client = new HTTP2Client(sockets);
  private final SslContextFactory.@Nullable Client tls;

  WebSocketOverHttp2Test(Security security) {
    connector =
        new ServerConnector(server, ForeignJetty.protocols(new HttpConfiguration(), security));
    tls = security.client().map(WebSocketOverHttp2Test::trusting).orElse(null);
    if (tls != null) {
      sockets.setSslContextFactory(tls);
    }
  }

  private static SslContextFactory.Client trusting(SSLContext context) {
    SslContextFactory.Client client = new SslContextFactory.Client();
    client.setSslContext(context);
    return client;
  }

  /** One stream as a client sees it. */
  private static final class Reader implements Stream.Listener {
    final CompletableFuture<MetaData.Response> answer = new CompletableFuture<>();
    final BlockingQueue<Integer> bytes = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onHeaders(Stream stream, HeadersFrame frame) {
      answer.complete((MetaData.Response) frame.getMetaData());
      stream.demand();
    }

    @Override
    public void onDataAvailable(Stream stream) {
      Stream.Data data = stream.readData();
      if (data != null) {
        ByteBuffer buffer = data.frame().getByteBuffer();
        while (buffer.hasRemaining()) {
          bytes.add(buffer.get() & 0xFF);
        }
        boolean last = data.frame().isEndStream();
        data.release();
        if (last) {
          end.complete(null);
          return;
        }
      }
      stream.demand();
    }

    byte[] take(int count) throws InterruptedException {
      ByteArrayOutputStream taken = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        Integer next = bytes.poll(20, TimeUnit.SECONDS);
        assertThat(next).as("byte %d of %d", i, count).isNotNull();
        taken.write(next);
      }
      return taken.toByteArray();
    }
  }

  @BeforeEach
  void start() throws Exception {
    Acceptor echo =
        new Acceptor() {
          @Override
          public Verdict admit(Handshake request) {
            asked.complete(request);
            return Verdict.accept();
          }

          @Override
          public ConnectionListener opened(Connection connection, Handshake handshake) {
            EchoEnd end = new EchoEnd(transport, connection);
            opened.complete(end);
            return end;
          }
        };
    transport.start(
        new TransportContext(
            TransportSettings.defaults(), echo, Observer.none(), TimeSource.system()));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(transport.handler());
    server.start();
    client.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    transport.close();
    server.stop();
  }

  private Stream connect(Reader reader, String protocol) throws Exception {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    Session.Listener unheard = new Session.Listener() {};
    Session session =
        (tls == null ? client.connect(address, unheard) : client.connect(tls, address, unheard))
            .get(20, TimeUnit.SECONDS);
    MetaData.ConnectRequest request =
        new MetaData.ConnectRequest(
            tls == null ? HttpScheme.HTTP : HttpScheme.HTTPS,
            new HostPortHttpField("127.0.0.1:" + connector.getLocalPort()),
            "/ws?a=1",
            HttpFields.build().put("Sec-WebSocket-Version", "13"),
            protocol);
    return session
        .newStream(new HeadersFrame(request, null, /* endStream= */ false), reader)
        .get(20, TimeUnit.SECONDS);
  }

  /** A frame with the mask 0, which leaves the payload as it is. */
  private static ByteBuffer frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    return frame.putInt(0).put(payload).flip();
  }

  private static void write(Stream stream, ByteBuffer bytes) throws Exception {
    stream
        .data(new DataFrame(stream.getId(), bytes, /* endStream= */ false))
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void exchangesMessagesAndCloses() throws Exception {
    Reader reader = new Reader();
    Stream stream = connect(reader, "websocket");

    MetaData.Response answer = reader.answer.get(20, TimeUnit.SECONDS);
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(answer.getHttpFields().contains("Sec-WebSocket-Accept")).isFalse();
    assertThat(asked.join().queryParameter("a")).contains("1");

    write(stream, frame(1, "grüezi".getBytes(UTF_8)));
    assertThat(reader.take(9))
        .isEqualTo(new byte[] {(byte) 0x81, 7, 'g', 'r', (byte) 0xC3, (byte) 0xBC, 'e', 'z', 'i'});

    write(stream, frame(8, new byte[] {3, (byte) 0xE8}));
    assertThat(reader.take(4)).isEqualTo(new byte[] {(byte) 0x88, 2, 3, (byte) 0xE8});
    var unused =
        stream.data(new DataFrame(stream.getId(), ByteBuffer.allocate(0), /* endStream= */ true));
    reader.end.get(20, TimeUnit.SECONDS);
    assertThat(opened.join().closed().get(20, TimeUnit.SECONDS).code()).isEqualTo(1000);
  }

  @Test
  void sendsMoreThanAStreamTakesAtOnce() throws Exception {
    Reader reader = new Reader();
    Stream stream = connect(reader, "websocket");
    reader.answer.get(20, TimeUnit.SECONDS);
    byte[] large = "x".repeat(30_000).getBytes(UTF_8);
    for (int i = 0; i < 20; i++) {
      write(stream, frame(1, large));
    }

    for (int i = 0; i < 20; i++) {
      assertThat(reader.take(4 + large.length)).endsWith('x');
    }
  }

  @Test
  void refusesAnotherProtocol() throws Exception {
    Reader reader = new Reader();
    connect(reader, "connect-udp");

    assertThat(reader.answer.get(20, TimeUnit.SECONDS).getStatus()).isEqualTo(501);
    assertThat(asked).isNotDone();
  }
}
