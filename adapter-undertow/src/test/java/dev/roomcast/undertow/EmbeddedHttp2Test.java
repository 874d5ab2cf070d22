package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.transport.TransportSettings;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsOptions;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.PathHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Inside a server that speaks HTTP/2 by ALPN, with a certificate that we have loaded. */
@Timeout(60)
final class EmbeddedHttp2Test {
  private static Tls tls;
  private static HttpClient http;

  private final UndertowTransport transport = UndertowTransport.embedded();
  private final Echo echo = new Echo(transport);
  private Undertow foreign;
  private URI uri;

  @BeforeAll
  static void makeCertificate() {
    TestCertificate certificate = TestCertificate.shared();
    tls = Tls.load(TlsOptions.pem(certificate.chain(), certificate.key()));
    http = HttpClient.newBuilder().sslContext(certificate.client()).build();
  }

  @AfterAll
  static void closeClient() {
    http.shutdownNow();
  }

  @BeforeEach
  void start() {
    foreign =
        Undertow.builder()
            .addHttpsListener(0, "127.0.0.1", tls.context())
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setIoThreads(1)
            .setWorkerThreads(1)
            .setHandler(
                new PathHandler()
                    .addExactPath("/", exchange -> exchange.getResponseSender().send("theirs"))
                    .addPrefixPath("/chat", transport.handler()))
            .build();
    foreign.start();
    transport.start(EchoServer.context(TransportSettings.defaults().withPath("/chat"), echo));
    InetSocketAddress address =
        (InetSocketAddress) foreign.getListenerInfo().getFirst().getAddress();
    uri = URI.create("https://127.0.0.1:" + address.getPort() + "/");
  }

  @AfterEach
  void stop() {
    transport.close();
    foreign.stop();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void saysThatHttp2HasNoUpgrade() throws Exception {
    HttpResponse<String> theirs = get("/");
    assertThat(theirs.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(theirs.body()).isEqualTo("theirs");
    HttpResponse<String> ours = get("/chat");

    assertThat(ours.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(ours.statusCode()).isEqualTo(505);
    assertThat(ours.body()).contains("WebSocket is spoken over HTTP/1.1 here");
    assertThat(echo.asked).isEmpty();
  }

  /** The JDK's client asks for HTTP/1.1 by ALPN for this, as browsers do. */
  @Test
  void takesWebSocketsBesideHttp2() throws Exception {
    assertThat(get("/").version()).isEqualTo(HttpClient.Version.HTTP_2);
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket client =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(uri.resolve("/chat").toString().replace("https", "wss")),
                new WebSocket.Listener() {
                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence text, boolean last) {
                    heard.complete(text.toString());
                    return null;
                  }
                })
            .get(20, TimeUnit.SECONDS);
    client.sendText("hello", true).get(20, TimeUnit.SECONDS);

    assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
    client.abort();
  }
}
