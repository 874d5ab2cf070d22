package dev.roomcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roomcast.jackson.JacksonCodec;
import dev.roomcast.port.bus.BusException;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.server.config.EmitConfig;
import dev.roomcast.server.config.Given;
import dev.roomcast.server.config.ServeConfig;
import dev.roomcast.testkit.redis.RedisProcess;
import dev.roomcast.testkit.redis.RespClient;
import dev.roomcast.testkit.redis.TestRedis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runnable servers that share a Redis, and the emitter of the command line. */
final class RunningServersTest {
  private final String prefix = "test-" + UUID.randomUUID() + ":";
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private static Given given(Map<String, String> options, Map<String, String> more) {
    Map<String, String> line = new HashMap<>(options);
    line.putAll(more);
    return new Given(line, Map.of());
  }

  private Map<String, String> redis() {
    return Map.of("--redis", TestRedis.uri().toString(), "--channel-prefix", prefix);
  }

  private RunningServer start(Map<String, String> options) {
    RunningServer server =
        RunningServer.start(ServeConfig.of(given(options, Map.of("--port", "0"))));
    open.add(() -> server.shutdown().get(20, TimeUnit.SECONDS));
    return server;
  }

  private Person enters(RunningServer server, String name) throws InterruptedException {
    Person person = Person.authenticated(server.webSocket(), name);
    open.add(person);
    person.joins("lobby");
    return person;
  }

  private static String emit(Map<String, String> options) {
    Codec codec = JacksonCodec.create();
    return Emission.send(
        EmitConfig.of(
            given(options, Map.of("--room", "lobby", "--event", "news", "--data", "[1.0]")),
            codec.mapper()),
        codec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void shareWhatIsPublishedAndEmitted(String byInterest) throws Exception {
    Map<String, String> options = new HashMap<>(redis());
    options.put("--by-interest", byInterest);
    Person ann = enters(start(options), "ann");
    Person bob = enters(start(options), "bob");
    bob.says("{\"event\":\"publish\",\"data\":{\"to\":{\"room\":\"lobby\"},\"data\":\"hello\"}}");

    assertThat(ann.hears()).endsWith("\"userId\":\"bob\"},\"room\":\"lobby\",\"data\":\"hello\"}}");
    assertThat(bob.hears()).contains("hello");
    assertThat(emit(redis())).isEqualTo("2 servers");
    assertThat(List.of(ann.hears(), bob.hears()))
        .containsOnly("{\"event\":\"news\",\"data\":[1.0]}");
  }

  @Test
  void hearNothingOfAnotherChannelPrefix() throws Exception {
    Person ann = enters(start(redis()), "ann");
    Map<String, String> other = new HashMap<>(redis());
    other.put("--channel-prefix", "other-" + prefix);

    assertThat(emit(other)).isEqualTo("0 servers");
    assertThat(emit(redis())).isEqualTo("1 server");
    assertThat(ann.hears()).contains("news");
  }

  @Test
  void sayWhatRedisSaidWhereItForbidsToEmit() {
    try (RedisProcess redis = RedisProcess.start();
        RespClient operator = redis.client()) {
      assertThat(
              operator.call(
                  ("ACL SETUSER reader on >secret resetchannels &" + prefix + "user:* +@all")
                      .split(" ")))
          .isEqualTo("OK");
      Map<String, String> options =
          Map.of(
              "--redis",
              "redis://reader:secret@127.0.0.1:" + redis.port(),
              "--channel-prefix",
              prefix);

      assertThatThrownBy(() -> emit(options))
          .isInstanceOf(BusException.class)
          .hasMessageStartingWith("Redis did not take a message: NOPERM ")
          .hasMessageNotContainingAny("1.0", "secret", "news");
    }
  }

  @Test
  void doNotStartAndDoNotEmitWithoutRedis() {
    String nowhere = "redis://somebody:secret@127.0.0.1:" + RedisProcess.freePort();
    Map<String, String> options = Map.of("--redis", nowhere);

    assertThatThrownBy(() -> start(options))
        .isInstanceOf(BusException.class)
        .hasMessageStartingWith("cannot use Redis at " + nowhere.replace("somebody:secret@", ""));
    assertThatThrownBy(() -> emit(options))
        .isInstanceOf(BusException.class)
        .hasMessageStartingWith("cannot use Redis at " + nowhere.replace("somebody:secret@", ""));
  }
}
