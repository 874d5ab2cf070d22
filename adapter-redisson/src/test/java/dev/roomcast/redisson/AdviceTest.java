package dev.roomcast.redisson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.RedisConnectionException;
import org.redisson.config.Config;

/** What a bus that does not start says is to be tried. */
final class AdviceTest {
  private static final String ASKS_WHETHER_IT_SPEAKS_TLS =
      "does this port speak TLS? Without it the URI is redis:// instead of rediss://";

  private static final String ASKS_WHETHER_IT_SPEAKS_TLS_ONLY =
      "does this port speak TLS only? With it the URI is rediss:// instead of redis://";

  @RegisterExtension final Buses buses = new Buses();

  private String refusalOf(String uri) {
    return refusalOf(
        RedissonBus.connect(
            URI.create(uri),
            RedissonOptions.defaults().withStartTimeout(Duration.ofMillis(1_500))));
  }

  private String refusalOf(RedissonBus bus) {
    BusException[] refusal = new BusException[1];
    assertThatThrownBy(() -> buses.opened(bus).start(BusListener.none()))
        .isInstanceOfSatisfying(BusException.class, failed -> refusal[0] = failed);
    return String.valueOf(refusal[0].getMessage());
  }

  private static void shakeHands(SSLServerSocket listening) {
    while (!listening.isClosed()) {
      try (SSLSocket peer = (SSLSocket) listening.accept()) {
        peer.startHandshake();
      } catch (IOException refused) {
        // The next one, unless it is over.
      }
    }
  }

  private static void endAfterAByte(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket peer = listening.accept()) {
        var unused = peer.getInputStream().read();
      } catch (IOException over) {
        // Nobody else comes.
      }
    }
  }

  private String addressWithTls() throws IOException {
    SSLServerSocket listening =
        buses.opened(
            (SSLServerSocket)
                TestCertificate.shared()
                    .server()
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> shakeHands(listening));
    return "127.0.0.1:" + listening.getLocalPort();
  }

  @Test
  void asksWhetherThePortSpeaksTlsWhereItIsSilent() {
    RedisProcess redis = buses.opened(RedisProcess.start());

    assertThat(refusalOf("rediss://127.0.0.1:" + redis.port()))
        .isEqualTo(
            "cannot use Redis at rediss://127.0.0.1:%d within 1.5 s: it did not answer; %s"
                .formatted(redis.port(), ASKS_WHETHER_IT_SPEAKS_TLS));
  }

  @Test
  void asksWhetherThePortSpeaksTlsOnlyWhereItAnswersByAnAlert() throws Exception {
    assertThat(refusalOf("redis://" + addressWithTls()))
        .endsWith(
            "within 1.5 s: what answers there does not speak as Redis does; "
                + ASKS_WHETHER_IT_SPEAKS_TLS_ONLY);
  }

  /** As a Redis with TLS does. */
  @Test
  void asksWhetherThePortSpeaksTlsOnlyWhereItEndsTheConnection() throws Exception {
    ServerSocket listening =
        buses.opened(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(() -> endAfterAByte(listening));

    assertThat(refusalOf("redis://127.0.0.1:" + listening.getLocalPort()))
        .endsWith(
            "the connection was lost before Redis answered; " + ASKS_WHETHER_IT_SPEAKS_TLS_ONLY);
  }

  @Test
  void namesTheTrustStoreWhereACertificateIsNotTrusted() throws Exception {
    assertThat(refusalOf("rediss://" + addressWithTls()))
        .contains("unable to find valid certification path")
        .endsWith(
            "; the trust store of this JVM does not know who signed its certificate; another"
                + " is named by -Djavax.net.ssl.trustStore and -Djavax.net.ssl.trustStorePassword");
  }

  @Test
  void saysWhatASingleServerIsNot() {
    RedisProcess redis = buses.opened(RedisProcess.start());

    assertThat(refusalOf("redis+cluster://127.0.0.1:" + redis.port()))
        .contains("ERR This instance has cluster support disabled; it is a single server");
    assertThat(refusalOf("redis+sentinel://127.0.0.1:" + redis.port() + "/main"))
        .containsIgnoringCase("ERR unknown command")
        .contains("; it is no sentinel");
  }

  @Test
  void asksForTheSentinelsWhereNoneAnswered() {
    assertThat(refusalOf("redis+sentinel://127.0.0.1:" + RedisProcess.freePort() + "/main"))
        .endsWith(
            "; no sentinel answered; are these their addresses, and is TLS on both sides or"
                + " neither?");
  }

  @Test
  void isNoneWhereThePortIsClosed() {
    assertThat(refusalOf("redis://127.0.0.1:" + RedisProcess.freePort()))
        .endsWith("Connection refused");
  }

  @Test
  void goesByTheConfigurationOfAnApplicationToo() {
    Config config = new Config();
    config.useClusterServers().addNodeAddress("valkeys://h:1");
    var silent = new RedisConnectionException(new SSLException("handshake timed out after 1ms"));

    assertThat(Advice.on(silent, config)).isEqualTo(ASKS_WHETHER_IT_SPEAKS_TLS);
    config = new Config();
    config.useSingleServer().setAddress("redis://h:1");
    assertThat(Advice.on(silent, config)).isEmpty();
  }
}
