package dev.roomcast.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.roomcast.port.observation.Observer;
import dev.roomcast.port.time.TimeSource;
import dev.roomcast.port.transport.Acceptor;
import dev.roomcast.port.transport.Connection;
import dev.roomcast.port.transport.ConnectionListener;
import dev.roomcast.port.transport.Handshake;
import dev.roomcast.port.transport.TransportContext;
import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.port.transport.Verdict;
import dev.roomcast.wire.http.PageRequest;
import dev.roomcast.wire.http.PageResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ordinary requests beside the WebSocket. */
@Timeout(60)
final class HandlersTest {
  private static final Duration PATIENCE = Duration.ofMillis(600);
  private static final TransportSettings HURRIED =
      TransportSettings.defaults().withHandshakeTimeout(PATIENCE);

  private final HttpClient http = HttpClient.newHttpClient();
  private JettyTransport transport;
  private URI uri;

  @AfterEach
  void stop() {
    transport.close();
    http.close();
  }

  private void start(JettyOptions options) {
    start(options, TransportSettings.defaults());
  }

  private void start(JettyOptions options, TransportSettings settings) {
    Acceptor nobody =
        new Acceptor() {
          @Override
          public Verdict admit(Handshake request) {
            return new Verdict.Reject(403, "nobody");
          }

          @Override
          public ConnectionListener opened(Connection connection, Handshake handshake) {
            throw new AssertionError("nobody was admitted");
          }
        };
    transport = JettyTransport.on(options);
    URI started =
        transport
            .start(new TransportContext(settings, nobody, Observer.none(), TimeSource.system()))
            .uri();
    uri = URI.create("http://" + started.getRawAuthority() + "/");
  }

  private static PageResponse page(PageRequest request) {
    return switch (request.path()) {
      case "/" -> PageResponse.text(200, "method " + request.method());
      case "/agent" ->
          PageResponse.text(200, "agent " + request.headers().get("user-AGENT").getFirst());
      case "/broken" -> throw new IllegalStateException("a secret");
      default ->
          new PageResponse(
              404, Map.of("X-Page", "none"), ByteBuffer.wrap("none".getBytes(US_ASCII)));
    };
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("User-Agent", "test")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JettyOptions options() {
    return JettyOptions.port(0).withIoThreads(1);
  }

  @Test
  void givesPagesTheRequestAndSendsTheirAnswer() throws Exception {
    start(options().withPages(HandlersTest::page));

    assertThat(send("GET", "/").body()).isEqualTo("method GET");
    assertThat(send("GET", "/agent").body()).isEqualTo("agent test");
    HttpResponse<String> missing = send("GET", "/missing%20page");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.headers().firstValue("X-Page")).hasValue("none");
  }

  @Test
  void leavesTheBodyOutForHead() throws Exception {
    start(options().withPages(HandlersTest::page));

    HttpResponse<String> head = send("HEAD", "/");
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("11");
  }

  @Test
  void tellsNothingOfWhatAPageThrows() throws Exception {
    start(options().withPages(HandlersTest::page));

    HttpResponse<String> broken = send("GET", "/broken");
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void givesARequestToTheLongestPrefix() throws Exception {
    start(
        options()
            .withPages(request -> PageResponse.text(200, "short"))
            .withHandler("/long/er", new PagesHandler(request -> PageResponse.text(200, "long"))));

    assertThat(send("GET", "/long/er").body()).isEqualTo("long");
    assertThat(send("GET", "/long/er/still").body()).isEqualTo("long");
    assertThat(send("GET", "/long/erratic").body()).isEqualTo("short");
  }

  @Test
  void saysWhereWebSocketsAreWhereNothingElseIs() throws Exception {
    start(options());

    HttpResponse<String> nothing = send("GET", "/");
    assertThat(nothing.statusCode()).isEqualTo(404);
    assertThat(nothing.body()).contains("taken at /ws");
  }

  @Test
  void freesAHandlerThatBlocksInItsAnswer() throws Exception {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    start(
        options()
            .withHandler(
                new Handler.Abstract() {
                  @Override
                  public boolean handle(Request request, Response response, Callback callback) {
                    try (OutputStream out = Content.Sink.asOutputStream(response)) {
                      out.write(new byte[64_000_000]);
                    } catch (IOException gone) {
                      failed.complete(gone);
                      callback.failed(gone);
                    }
                    return true;
                  }
                }),
        HURRIED);
    try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      deaf.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      await().until(failed::isDone);
      assertThat(deaf.isConnected()).isTrue();
    }
  }

  @Test
  void waitsForAnAnswerThatIsLongInTheMaking() throws Exception {
    start(
        options()
            .withHandler(
                new Handler.Abstract.NonBlocking() {
                  @Override
                  public boolean handle(Request request, Response response, Callback callback) {
                    request
                        .getComponents()
                        .getScheduler()
                        .schedule(
                            () -> Content.Sink.write(response, true, "at last", callback),
                            2 * PATIENCE.toMillis(),
                            TimeUnit.MILLISECONDS);
                    return true;
                  }
                }),
        HURRIED);

    assertThat(send("GET", "/").body()).isEqualTo("at last");
  }

  @Test
  void runsHandlersThatDoNotBlockOnTheSelectorsThread() throws Exception {
    CompletableFuture<List<String>> callers = new CompletableFuture<>();
    start(
        options()
            .withPages(
                request -> {
                  callers.complete(
                      Stream.of(Thread.currentThread().getStackTrace())
                          .map(StackTraceElement::getMethodName)
                          .toList());
                  return PageResponse.text(200, "");
                }));
    send("GET", "/");

    assertThat(callers.join()).contains("tryProduce");
  }
}
