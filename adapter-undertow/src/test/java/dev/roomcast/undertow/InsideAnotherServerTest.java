package dev.roomcast.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.testkit.tls.TestCertificate;
import dev.roomcast.wire.tls.Tls;
import dev.roomcast.wire.tls.TlsOptions;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What docs/embedding.md shows. */
@Timeout(60)
final class InsideAnotherServerTest {

  record Login(String token) {}

  private static RoomServer<Void> rooms(UndertowTransport transport) {
    return RoomServer.<Void>builder()
        .transport(transport)
        .codec(JacksonCodec.create())
        .authenticator(Login.class, (login, request) -> Optional.of(Admission.of(login.token())))
        .options(options -> options.path("/chat"))
        .build();
  }

  private static Undertow mounted(
      UndertowTransport transport, HttpHandler application, SSLContext tls) {
    return Undertow.builder()
        .addHttpsListener(0, "127.0.0.1", tls)
        .setHandler(
            Handlers.path(application) // yours
                .addExactPath("/chat", transport.handler()))
        .build();
  }

  private static Tls reloading(Path chain, Path key, ScheduledExecutorService scheduler) {
    Tls tls = Tls.load(TlsOptions.pem(chain, key));
    var unused = scheduler.scheduleWithFixedDelay(tls::reloadIfChanged, 10, 10, TimeUnit.SECONDS);
    return tls;
  }

  @Test
  void servesRoomsBesideAnApplication(@TempDir Path directory) throws Exception {
    TestCertificate certificate = TestCertificate.in(directory);
    AtomicReference<String> asked = new AtomicReference<>();
    HttpHandler application =
        exchange -> {
          asked.set(exchange.getRequestPath());
          exchange.getResponseSender().send("theirs");
        };
    try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor()) {
      Tls tls = reloading(certificate.chain(), certificate.key(), scheduler);
      UndertowTransport transport = UndertowTransport.embedded();
      RoomServer<Void> rooms = rooms(transport);
      Undertow undertow = mounted(transport, application, tls.context());

      rooms.start();
      undertow.start();

      InetSocketAddress address =
          (InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress();
      try (RawClient theirs = client(certificate, address);
          RawClient ours = client(certificate, address)) {
        theirs.send(RawClient.pageRequest("GET", "/shop"));
        assertThat(theirs.readResponse()).endsWith("theirs");
        assertThat(asked).hasValue("/shop");
        ours.send(RawClient.upgradeRequest("/chat"));
        assertThat(ours.readHead()).startsWith("HTTP/1.1 101 ");
        ours.send(RawClient.textFrame("{\"event\":\"authenticate\",\"data\":{\"token\":\"ann\"}}"));
        assertThat(ours.readFrame().text()).startsWith("{\"event\":\"connected\"");
      }

      rooms.shutdown().toCompletableFuture().join();
      undertow.stop();

      scheduler.shutdownNow();
    }
  }

  private static RawClient client(TestCertificate trusted, InetSocketAddress address)
      throws Exception {
    return new RawClient(
        trusted.client().getSocketFactory().createSocket(address.getAddress(), address.getPort()));
  }
}
