package dev.roomcast.core.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.roomcast.port.transport.Compression;
import dev.roomcast.port.transport.TransportSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsBuilderTest {
  private static final Duration NOTHING = Duration.ZERO;
  private static final Duration BACKWARDS = Duration.ofSeconds(-1);
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  @Test
  void hasTheDefaultsOfTheProtocolForTheTransport() {
    assertThat(ServerOptions.defaults().transport())
        .isEqualTo(
            new TransportSettings(
                "/ws",
                131_072,
                Duration.ofSeconds(60),
                true,
                Duration.ofSeconds(5),
                1_048_576,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                16_384,
                Duration.ofMillis(5),
                new Compression(false, 256)))
        .isEqualTo(TransportSettings.defaults());
  }

  @Test
  void hasTheDefaultsOfTheProtocolForSessions() {
    assertThat(ServerOptions.defaults().sessions())
        .isEqualTo(
            new SessionOptions(
                List.of("ws-default", "ws-notification"),
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(90),
                Duration.ofSeconds(25),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                10,
                false,
                true,
                true));
  }

  @Test
  void hasTheDefaultsOfTheProtocolForLimits() {
    assertThat(ServerOptions.defaults().limits())
        .isEqualTo(
            new LimitOptions(
                Set.of(),
                Integer.MAX_VALUE,
                5_000,
                Integer.MAX_VALUE,
                Integer.MAX_VALUE,
                8_192,
                0,
                0,
                256,
                1_048_576,
                16L * 1024 * 1024));
  }

  @Test
  void hasTheDefaultsOfTheProtocolForTheCluster() {
    assertThat(ServerOptions.defaults().cluster())
        .isEqualTo(new ClusterOptions("ws:", false, Duration.ofSeconds(1)));
  }

  @Test
  void givesTheAuthenticatorThreeTimesTheTimeOfTheClient() {
    SessionOptions sessions =
        new OptionsBuilder().authTimeout(Duration.ofSeconds(2)).build().sessions();

    assertThat(sessions.authenticatingTimeout()).isEqualTo(Duration.ofSeconds(6));
  }

  @Test
  void handsCompressionToTheTransport() {
    assertThat(
            new OptionsBuilder()
                .compression(true)
                .compressionThreshold(99)
                .build()
                .transport()
                .compression())
        .isEqualTo(Compression.from(99));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("name", "' '", "not blank", o -> o.name(" ")),
        wrong("path", "'ws'", "starts with '/'", o -> o.path("ws")),
        wrong("defaultRooms", "'ws:x'", "1 to 256", o -> o.defaultRooms(List.of("ok", "ws:x"))),
        wrong("subprotocols", "''", "not blank", o -> o.subprotocols(List.of(""))),
        wrong("authTimeout", "'PT0S'", "more than zero", o -> o.authTimeout(NOTHING)),
        wrong("authTimeout", FOREVER, "at most", o -> o.authTimeout(FOREVER)),
        wrong("heartbeatInterval", "'PT0S'", "more than zero", o -> o.heartbeatInterval(NOTHING)),
        wrong("heartbeatInterval", FOREVER, "at most", o -> o.heartbeatInterval(FOREVER)),
        wrong("heartbeatTimeout", "'PT0S'", "more than zero", o -> o.heartbeatTimeout(NOTHING)),
        wrong("heartbeatTimeout", FOREVER, "at most", o -> o.heartbeatTimeout(FOREVER)),
        wrong("expiryGrace", "'PT-1S'", "zero or more", o -> o.expiryGrace(BACKWARDS)),
        wrong("expiryGrace", FOREVER, "at most", o -> o.expiryGrace(FOREVER)),
        wrong("transformTimeout", "'PT0S'", "more than zero", o -> o.transformTimeout(NOTHING)),
        wrong("encryptedBatchLimit", "'0'", "1 or more", o -> o.encryptedBatchLimit(0)),
        wrong("maxPayloadLength", "'0'", "1 or more", o -> o.maxPayloadLength(0)),
        wrong("idleTimeout", "'PT-1S'", "zero or more", o -> o.idleTimeout(BACKWARDS)),
        wrong("closeTimeout", "'PT0S'", "more than zero", o -> o.closeTimeout(NOTHING)),
        wrong("closeTimeout", FOREVER, "at most", o -> o.closeTimeout(FOREVER)),
        wrong("backpressureLimit", "'1023'", "1024 or more", o -> o.backpressureLimit(1023)),
        wrong("stallTimeout", "'PT0S'", "more than zero", o -> o.stallTimeout(NOTHING)),
        wrong("handshakeTimeout", "'PT0S'", "more than zero", o -> o.handshakeTimeout(NOTHING)),
        wrong("maxHandshakeBytes", "'1023'", "1024 or more", o -> o.maxHandshakeBytes(1023)),
        wrong("compressionThreshold", "'-1'", "0 or more", o -> o.compressionThreshold(-1)),
        wrong("pacing", "'PT0.0005S'", "1 ms to 1 s", o -> o.pacing(Duration.ofNanos(500_000))),
        wrong("pacing", FOREVER, "1 ms to 1 s", o -> o.pacing(FOREVER)),
        wrong("pacing", "'PT-1S'", "1 ms to 1 s", o -> o.pacing(BACKWARDS)),
        wrong("maxConnections", "'0'", "1 or more", o -> o.maxConnections(0)),
        wrong("maxUnauthenticated", "'0'", "1 or more", o -> o.maxUnauthenticated(0)),
        wrong(
            "maxUnauthenticatedPerAddress",
            "'-1'",
            "1 or more",
            o -> o.maxUnauthenticatedPerAddress(-1)),
        wrong("maxSessionsPerUser", "'0'", "1 or more", o -> o.maxSessionsPerUser(0)),
        wrong("maxRoomsPerClient", "'0'", "1 or more", o -> o.maxRoomsPerClient(0)),
        wrong("messageRate", "'-1'", "0 or more", o -> o.messageRate(-1, 1)),
        wrong("messageRate burst", "'0'", "1 or more", o -> o.messageRate(1, 0)),
        wrong("mailbox messages", "'0'", "1 or more", o -> o.mailbox(0, 1)),
        wrong("mailbox bytes", "'0'", "1 or more", o -> o.mailbox(1, 0)),
        wrong("inboxBytes", "'1023'", "1024 or more", o -> o.inboxBytes(1023)),
        wrong("channelPrefix", "''", "not blank", o -> o.channelPrefix("")),
        wrong(
            "confirmationTimeout",
            "'PT0S'",
            "more than zero",
            o -> o.confirmationTimeout(NOTHING)));
  }

  private static Arguments wrong(
      String option, Object value, String allowed, Consumer<OptionsBuilder> change) {
    return arguments(option, value.toString(), allowed, change);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("wrong")
  void namesOptionValueAndWhatIsAllowed(
      String option, String value, String allowed, Consumer<OptionsBuilder> change) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.accept(new OptionsBuilder()))
        .withMessageContainingAll("option " + option, value, allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.example",
        "localhost:3000",
        "https://",
        "https://app.example/",
        "https://app.example/path",
        "https://app.example?x",
        "https://app.example#x",
        "https://user@app.example",
        "mailto:x@app.example",
        "null",
        "*",
        "https://a b",
        "https://app.example:65536",
        ""
      })
  void refusesWhatIsNoOrigin(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OptionsBuilder().allowedOrigins(List.of(origin)))
        .withMessageContainingAll("option allowedOrigins", "'" + origin + "'", "scheme://host");
  }

  @Test
  void comparesOriginsWithoutRegardToCase() {
    assertThat(
            new OptionsBuilder()
                .allowedOrigins(List.of("https://App.Example", "http://localhost:3000"))
                .build()
                .limits()
                .allowedOrigins())
        .containsExactlyInAnyOrder("https://app.example", "http://localhost:3000");
  }

  @Test
  void takesTheDefaultPortOffOriginsAsBrowsersDo() {
    assertThat(
            new OptionsBuilder()
                .allowedOrigins(
                    List.of("HTTPS://a:443", "http://b:80", "http://[::1]:80", "https://c:80"))
                .build()
                .limits()
                .allowedOrigins())
        .containsExactlyInAnyOrder("https://a", "http://b", "http://[::1]", "https://c:80");
  }

  @Test
  void allowsZeroWhereItMeansNever() {
    ServerOptions options =
        new OptionsBuilder().idleTimeout(NOTHING).expiryGrace(NOTHING).messageRate(0, 1).build();

    assertThat(options.transport().idleTimeout()).isZero();
    assertThat(options.sessions().expiryGrace()).isZero();
    assertThat(options.limits().messagesPerSecond()).isZero();
  }
}
