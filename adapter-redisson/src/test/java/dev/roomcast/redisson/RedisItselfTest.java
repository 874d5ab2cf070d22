package dev.roomcast.redisson;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import dev.roomcast.port.bus.Bus;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.bus.BusListener;
import dev.roomcast.port.bus.BusSubscription;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import dev.roomcast.testkit.redis.TcpProxy;
import dev.roomcast.testkit.tls.TestCertificate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** What any other client of the same Redis sees, and what its operator can forbid. */
final class RedisItselfTest {
  private static final String MESSAGE =
      "{\"serverId\":\"s\",\"type\":\"room\",\"target\":\"r\u00e4um\",\"event\":\"m\",\"data\":{\"a\":"
          + " 1.0}}";

  private final RedisProcess redis = RedisProcess.start();

  @AfterEach
  void close() {
    redis.close();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void writesBytesAsTheyAre() throws Exception {
    try (RespClient reference = redis.client();
        Bus bus = RedissonBus.connect(redis.uri())) {
      assertThat(reference.call("PSUBSCRIBE", "ws:room:*"))
          .isEqualTo(List.of("psubscribe", "ws:room:*", 1L));
      bus.start(BusListener.none());
      assertThat(
              bus.publish("ws:room:r\u00e4um", utf8(MESSAGE))
                  .toCompletableFuture()
                  .get(10, SECONDS))
          .isEqualTo(1);

      assertThat(reference.read())
          .isEqualTo(List.of("pmessage", "ws:room:*", "ws:room:r\u00e4um", MESSAGE));
    }
  }

  @Test
  void readsBytesAsTheyAre() throws Exception {
    Heard heard = new Heard();
    try (RespClient reference = redis.client();
        Bus bus = RedissonBus.connect(redis.uri())) {
      bus.start(heard);
      bus.subscribe(new BusSubscription.Prefix("ws:room:")).toCompletableFuture().get(10, SECONDS);
      assertThat(reference.call("PUBLISH", "ws:room:r\u00e4um", MESSAGE)).isEqualTo(1L);
      heard.awaitText(MESSAGE);
    }
  }

  @Test
  void needsNoMoreThanAnOperatorGrants() throws Exception {
    Heard heard = new Heard();
    try (RespClient operator = redis.client()) {
      assertThat(
              operator.call(
                  ("ACL SETUSER roomcast on >pa:ss@word resetchannels &ws:room:* +publish"
                          + " +subscribe +psubscribe +unsubscribe +punsubscribe +ping")
                      .split(" ")))
          .isEqualTo("OK");
    }
    URI uri = URI.create("redis://roomcast:pa%3Ass%40word@127.0.0.1:" + redis.port());
    try (Bus bus = RedissonBus.connect(uri)) {
      bus.subscribe(new BusSubscription.Prefix("ws:room:"));
      bus.start(heard);
      assertThat(bus.publish("ws:room:a", utf8("one")).toCompletableFuture().get(10, SECONDS))
          .isEqualTo(1);
      heard.awaitText("one");

      assertThatThrownBy(
              () -> bus.publish("ws:user:a", utf8("two")).toCompletableFuture().get(10, SECONDS))
          .hasCauseInstanceOf(BusException.class)
          .hasMessageContaining("Redis did not take a message: NOPERM ")
          .hasMessageNotContainingAny("two", "PUBLISH", "pa:ss@word");
    }
  }

  @Test
  void doesNotStartWithAWrongPassword() {
    URI uri = URI.create("redis://nobody:secret@127.0.0.1:" + redis.port());
    try (Bus bus = RedissonBus.connect(uri)) {
      assertThatThrownBy(() -> bus.start(BusListener.none()))
          .isInstanceOf(BusException.class)
          .hasMessageContaining("127.0.0.1:" + redis.port())
          .hasMessageContaining("WRONGPASS")
          .hasMessageNotContainingAny("secret", "channel", "CommandData");
    }
  }

  @Test
  void doesNotStartWhereAChannelIsForbidden() {
    try (RespClient operator = redis.client()) {
      assertThat(
              operator.call(
                  "ACL SETUSER roomcast on >pw resetchannels &ws:room:* +@all".split(" ")))
          .isEqualTo("OK");
    }
    try (Bus bus =
        RedissonBus.connect(
            URI.create("redis://roomcast:pw@127.0.0.1:" + redis.port()),
            RedissonOptions.defaults().withStartTimeout(Duration.ofSeconds(1)))) {
      bus.subscribe(new BusSubscription.Prefix("ws:user:"));

      assertThatThrownBy(() -> bus.start(BusListener.none()))
          .isInstanceOf(BusException.class)
          .hasMessageContaining("127.0.0.1:" + redis.port())
          .hasMessageContaining("may this user subscribe");
    }
  }

  @Test
  void speaksTlsToWhomItTrusts(@TempDir Path directory) throws Exception {
    TestCertificate certificate = TestCertificate.in(directory);
    try (TcpProxy tls = TcpProxy.to(redis.uri(), certificate.server().getServerSocketFactory())) {
      String address = "rediss://localhost:" + tls.port();
      Config trusting = new Config();
      trusting.setSslTruststore(certificate.store().toUri().toURL());
      trusting.setSslTruststorePassword(certificate.password());
      trusting.useSingleServer().setAddress(address);
      try (Bus bus = RedissonBus.configured(trusting, RedissonOptions.defaults())) {
        bus.start(BusListener.none());
        assertThat(bus.publish("a", utf8("one")).toCompletableFuture().get(10, SECONDS)).isZero();
      }
      try (Bus stranger = RedissonBus.connect(URI.create(address))) {
        assertThatThrownBy(() -> stranger.start(BusListener.none()))
            .isInstanceOf(BusException.class);
      }
    }
  }

  @Test
  void copiesAClientAndLeavesItAlone() throws Exception {
    Config config = new Config();
    config.useSingleServer().setAddress(redis.uri().toString());
    RedissonClient theirs = Redisson.create(config);
    try (Bus bus = RedissonBus.like(theirs, RedissonOptions.defaults())) {
      bus.start(BusListener.none());
      assertThat(bus.publish("a", utf8("one")).toCompletableFuture().get(10, SECONDS)).isZero();
    }
    try {
      assertThat(theirs.isShutdown()).isFalse();
      assertThat(theirs.getTopic("a").publish("mine")).isZero();
    } finally {
      theirs.shutdown();
    }
  }

  @Test
  void isBoundByItsModule() {
    assertThat(Guice.createInjector(new RedissonModule(redis.uri())).getInstance(Bus.class))
        .isInstanceOf(RedissonBus.class);
  }
}
