package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.roomcast.server.config.Given;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runnable server with a certificate. */
@Timeout(60)
final class RunningServerTlsTest {
  private static TestCertificate first;
  private static TestCertificate second;

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void makeCertificates(@TempDir Path made) {
    first = TestCertificate.in(made.resolve("first"));
    second = TestCertificate.in(made.resolve("second"));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private void install(TestCertificate certificate) throws IOException {
    for (Path file : List.of(certificate.chain(), certificate.key())) {
      Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private RunningServer start(String... more) throws IOException {
    install(first);
    Map<String, String> line = new HashMap<>();
    line.put("--port", "0");
    line.put("--tls-cert", directory.resolve("chain.pem").toString());
    line.put("--tls-key", directory.resolve("key.pem").toString());
    for (int at = 0; at < more.length; at += 2) {
      line.put(more[at], more[at + 1]);
    }
    RunningServer server = RunningServer.start(ServeConfig.of(new Given(line, Map.of())));
    open.add(() -> server.shutdown().get(20, TimeUnit.SECONDS));
    return server;
  }

  private HttpClient client(SSLContext tls) {
    HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
    open.add(client::shutdownNow);
    return client;
  }

  private Person enters(RunningServer server, TestCertificate trusted, String name)
      throws InterruptedException {
    Person person = Person.authenticated(client(trusted.client()), server.webSocket(), name);
    open.add(person);
    return person;
  }

  private static String page(RunningServer server, HttpClient client) throws Exception {
    return client
        .send(HttpRequest.newBuilder(server.page()).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void servesPageAndWebSocket() throws Exception {
    RunningServer server = start();

    assertThat(server.webSocket().getScheme()).isEqualTo("wss");
    assertThat(server.page().getScheme()).isEqualTo("https");
    assertThat(page(server, client(first.client()))).contains("<title>Roomcast</title>");
    Person ann = enters(server, first, "ann");
    assertThat(ann.joins("lobby")).contains("\"rooms\":[\"lobby\"]");
    server.shutdown().get(20, TimeUnit.SECONDS);
    assertThat(ann.ends()).isEqualTo(new Person.End(1001, "Server shutting down"));
  }

  @Test
  void takesANewCertificateAndKeepsWhoIsConnected() throws Exception {
    RunningServer server = start("--tls-reload", "20ms");
    Person ann = enters(server, first, "ann");
    install(second);

    await()
        .ignoreExceptionsInstanceOf(SSLException.class)
        .until(() -> page(server, client(second.client())).contains("Roomcast"));
    assertThatThrownBy(() -> page(server, client(first.client()))).isInstanceOf(SSLException.class);
    assertThat(ann.joins("lobby")).contains("\"rooms\":[\"lobby\"]");
    assertThat(enters(server, second, "bob").joins("lobby")).contains("\"rooms\":[\"lobby\"]");
  }

  @Test
  void letsInOnlyClientsOfTheAuthority() throws Exception {
    RunningServer server = start("--tls-client-ca", second.chain().toString());

    assertThat(page(server, client(first.client(second)))).contains("Roomcast");
    assertThatThrownBy(() -> page(server, client(first.client()))).isInstanceOf(IOException.class);
  }
}
