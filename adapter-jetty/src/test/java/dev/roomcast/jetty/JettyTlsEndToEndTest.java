package dev.roomcast.jetty;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.transport.Transport;
import dev.roomcast.simulation.endtoend.EndToEndContract;
import dev.roomcast.testkit.tls.TestCertificate;
import java.net.http.HttpClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class JettyTlsEndToEndTest extends EndToEndContract {
  private static TestCertificate certificate;
  private static HttpClient http;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) {
    certificate = TestCertificate.in(directory);
    http = HttpClient.newBuilder().sslContext(certificate.client()).build();
  }

  @AfterAll
  static void closeClient() {
    http.shutdownNow();
  }

  @Override
  protected Transport newTransport() {
    return JettyTransport.on(JettyOptions.port(0).withIoThreads(4).withTls(certificate.server()));
  }

  @Override
  protected HttpClient http() {
    return http;
  }

  @Override
  protected Codec codec() {
    return JacksonCodec.create();
  }
}
