package dev.roomcast.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.RoomServer;
import dev.roomcast.core.audience.Client;
import dev.roomcast.core.hook.Admission;
import dev.roomcast.core.hook.Transformed;
import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.codec.Json;
import dev.roomcast.testkit.cipher.P256Client;
import dev.roomcast.testkit.id.SequentialIds;
import dev.roomcast.testkit.time.VirtualTime;
import dev.roomcast.testkit.transport.SimulatedTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plain clients, clients of the built-in encryption and clients of a transformer that takes a
 * random time, all in one room: each gets all 10,000 messages in the order sent, though one
 * transformation hangs and another fails.
 */
final class OrderOfTenThousandTest {
  private static final int MESSAGES = 10_000;
  private static final Pattern NUMBER = Pattern.compile("#(\\d+)#");

  /** The message at which one client's transformation hangs, and another's throws. */
  private static final int FATAL = 5_000;

  private RoomServer<String> server;
  private VirtualTime time;
  private SimulatedTransport transport;

  private void start(long seed) {
    time = VirtualTime.seeded(seed);
    transport = new SimulatedTransport(time, 2);
    server =
        RoomServer.<String>builder()
            .transport(transport)
            .codec(JacksonCodec.create())
            .authenticator(Json.class, (data, request) -> Optional.of(Admission.of(user(data), "")))
            .encryption(EcdhEncryption.create())
            .outboundTransformer(this::transform)
            .options(options -> options.heartbeatTimeout(Duration.ofDays(1)))
            .time(time)
            .ids(new SequentialIds(0))
            .hookExecutor(time.hooks())
            .housekeeping(time.newLoop("housekeeping"))
            .build();
    var unused = server.start();
  }

  private static String user(Json data) {
    return data.toString().replaceAll(".*\"user\":\"(.*?)\".*", "$1");
  }

  private CompletionStage<Transformed> transform(Client<String> client, String event, Json data) {
    String user = client.userId().orElseThrow();
    boolean fatal = data.toString().contains("#" + FATAL + "#");
    if (fatal && user.equals("hangs")) {
      return new CompletableFuture<>();
    }
    if (fatal && user.equals("fails")) {
      throw new IllegalStateException("told to fail");
    }
    Transformed hidden = Transformed.replaced("hidden", data);
    return switch (time.chance(10)) {
      case 0 -> {
        time.hooks().pause(Duration.ofMillis(time.chance(8)));
        yield CompletableFuture.completedFuture(hidden);
      }
      case 1, 2, 3 -> {
        CompletableFuture<Transformed> later = new CompletableFuture<>();
        time.newLane("later")
            .executeAfter(Duration.ofMillis(time.chance(8)), () -> later.complete(hidden));
        yield later;
      }
      default -> CompletableFuture.completedFuture(hidden);
    };
  }

  private Reading connect(String user) {
    Reading reading = new Reading(transport.connect(), P256Client.create());
    reading.wire().send("{\"event\":\"authenticate\",\"data\":{\"user\":\"" + user + "\"}}");
    time.runUntilIdle();
    return reading;
  }

  private Reading byTheApplication(String user) {
    Reading reading = connect(user);
    String id = server.user(user).clients().getFirst().id();
    assertThat(time.await(server.enableClientEncryption(id))).isTrue();
    return reading;
  }

  private Reading builtIn(String user) {
    Reading reading = connect(user);
    reading.shakeHands();
    time.runUntilIdle();
    return reading;
  }

  private void publish() {
    for (int number = 1; number <= MESSAGES; number++) {
      String text = "#" + number + "#";
      switch (number % 3) {
        case 0 -> server.everyone().send("m", text);
        case 1 -> server.room("ws-default").send("m", text);
        default -> server.named("ws-notification").send("m", text);
      }
      for (int steps = time.chance(30); steps > 0 && time.step(); steps--) {
        // as many as chance has it
      }
      if (number % 100 == 0) {
        time.advance(Duration.ofMillis(time.chance(200)));
      }
    }
    time.advance(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void reachEachClientInTheOrderSent(long seed) {
    start(seed);
    List<Reading> sound = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      sound.add(connect("plain-" + i));
      sound.add(builtIn("built-in-" + i));
      sound.add(byTheApplication("own-" + i));
    }
    Reading hangs = byTheApplication("hangs");
    Reading fails = byTheApplication("fails");
    publish();

    List<Integer> all = IntStream.rangeClosed(1, MESSAGES).boxed().toList();
    for (Reading reading : sound) {
      assertThat(reading.numbers()).isEqualTo(all);
      assertThat(reading.wire().closed()).isEmpty();
    }
    for (Reading reading : List.of(hangs, fails)) {
      assertThat(reading.numbers()).isEqualTo(all.subList(0, FATAL - 1));
      assertThat(reading.wire().closed()).map(end -> end.code()).contains(4004);
    }
  }

  static List<Integer> numbersIn(List<String> texts) {
    return texts.stream()
        .flatMap(text -> NUMBER.matcher(text).results())
        .map((MatchResult number) -> Integer.valueOf(number.group(1)))
        .toList();
  }
}
