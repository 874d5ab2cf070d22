package dev.roomcast.simulation.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Transformed;
import dev.roomcast.port.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Every close that a client can be told, with the exact code and reason: section 1.6 of the
 * protocol. The tests bear the code; 4003 stands with admission, 4005 with load.
 */
abstract class ClosesContract extends RoomsContract {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** More than any kernel keeps of a connection on the loopback address. */
  private static final int QUEUED = 24 * 1024 * 1024;

  private static final String PAD = "x".repeat(64 * 1024);

  @Test
  void required_1000_answersTheClientsClose() {
    start();
    JdkClient client = connect("ada");
    client.close(1000, "bye");

    eventually(() -> !goodbyes().isEmpty());
    assertThat(goodbyes()).containsExactly(new Disconnection(1000, "bye", true));
    eventually(() -> server().connections() == 0);
  }

  @Test
  void required_1001_closesAtTheShutdownAfterWhatWasSent() {
    start(builder -> builder.options(o -> o.backpressureLimit(2 * QUEUED)));
    JdkClient client = connect("ada");
    // So that the close finds a queue, not only a kernel that has taken everything.
    client.stopReading();
    int sent = QUEUED / PAD.length();
    for (int i = 1; i <= sent; i++) {
      var unused = server().everyone().send("n", i + PAD).report().toCompletableFuture().join();
    }
    var unused = server().shutdown();
    client.readOn();

    assertClosed(client, 1001, "Server shutting down");
    assertThat(messages(client)).hasSize(sent);
    assertThat(messages(client).getLast()).startsWith("{\"event\":\"n\",\"data\":\"" + sent + "x");
  }

  @Test
  void required_1001_closesWhereNothingIsHeard() {
    start(builder -> builder.options(o -> o.idleTimeout(SHORT).sendPings(false)));

    assertClosed(connect("ada"), 1001, "Idle timeout");
  }

  @Test
  void required_1009_closesOnAMessageThatIsTooBig() {
    start(builder -> builder.options(o -> o.maxPayloadLength(1_000)));
    JdkClient client = connect("ada");
    client.send("x".repeat(1_001));

    assertClosed(client, 1009, "Message too big");
  }

  @Test
  void required_1011_closesWhereAnErrorEscapes() {
    start(
        builder ->
            builder.on(
                "crash",
                Void.class,
                (call, nothing) -> {
                  throw new AssertionError("secret of the handler");
                }));
    JdkClient client = connect("ada");
    client.send("{\"event\":\"crash\"}");

    assertClosed(client, 1011, "Internal error");
  }

  @Test
  void required_4001_closesWhoNeverAuthenticates() {
    start(builder -> builder.options(o -> o.authTimeout(SHORT)));

    assertClosed(connect(), 4001, "Authentication timeout");
  }

  @Test
  void required_4001_closesWhereTheAuthenticatorIsTooSlow() {
    CountDownLatch over = new CountDownLatch(1);
    start(
        builder ->
            builder
                .options(o -> o.authTimeout(Duration.ofMillis(100)))
                .authenticator(
                    Login.class,
                    (login, request) -> {
                      over.await();
                      return Optional.of(Admission.of(login.token()));
                    }));
    JdkClient client = connect();
    client.send(authenticate("ada"));

    assertClosed(client, 4001, "Authentication timeout");
    over.countDown();
  }

  @Test
  void required_4002_closesWhoSaysNothing() {
    start(
        builder ->
            builder.options(
                o -> o.heartbeatInterval(Duration.ofMillis(50)).heartbeatTimeout(SHORT)));

    assertClosed(connect("ada"), 4002, "Heartbeat timeout");
  }

  @Test
  void required_4004_closesWhoDoesNotEncrypt() {
    start(
        builder ->
            builder
                .handshake((request, userId, data) -> Optional.empty())
                .outboundTransformer(
                    (client, event, data) -> CompletableFuture.completedFuture(Transformed.asIs()))
                .options(o -> o.requireEncryption(true)));
    JdkClient client = connect();
    client.send(authenticate("ada"));

    assertClosed(client, 4004, "Encryption required");
    assertThat(client.received()).containsExactly(error("Encryption handshake failed"));
  }

  @Test
  void required_4006_closesWhoSendsTooFast() {
    start(builder -> builder.options(o -> o.messageRate(1, 3)));
    JdkClient client = connect("ada");
    for (int i = 0; i < 10; i++) {
      client.send("{\"event\":\"heartbeat\"}");
    }

    assertClosed(client, 4006, "Rate limited");
  }

  @Test
  void required_4007_closesWhoIsDisconnected() {
    start();
    JdkClient ada = connect("ada");
    JdkClient bob = connect("bob");
    server().user("ada").send("last");
    server().user("ada").disconnect("signed out");
    server().user("bob").disconnect();

    assertClosed(ada, 4007, "signed out");
    assertClosed(bob, 4007, "Disconnected");
    assertThat(messages(ada)).containsExactly("{\"event\":\"last\"}");
  }

  @Test
  void required_4008_closesWhereTheAuthenticationExpired() {
    start(
        builder ->
            builder
                .options(o -> o.expiryGrace(SHORT))
                .authenticator(
                    Login.class,
                    (login, request) ->
                        Optional.of(
                            Admission.<Void>of(login.token())
                                .expiresAt(TimeSource.system().instant()))));

    assertClosed(connect("ada"), 4008, "Authentication expired");
  }
}
