package dev.roomcast.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.JsonBindingException;
import dev.roomcast.port.codec.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;

/** What {@link JacksonCodec} promises of the application's types beyond the port's rules. */
final class JacksonBindingTest {
  private final JsonMapper mapper = JacksonCodec.create().mapper();

  record Event(UUID id, Instant at, Duration length, Optional<String> note, Kind kind) {}

  enum Kind {
    SMALL,
    LARGE
  }

  record Disordered(int zebra, int ape, int mule) {}

  record Login(String token, int attempts) {}

  record Group(Map<String, Login> logins, List<Login> guests) {}

  record Raw(@JsonRawValue String json) {}

  record Room(String name) {
    Room {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name is blank");
      }
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes(@JsonSubTypes.Type(value = Note.class, name = "note"))
  interface Message {}

  record Note(Json body) implements Message {}

  record Chain(Chain next) {}

  @Test
  void writesTimesAndIdsAsText() {
    Event event =
        new Event(
            new UUID(1, 2),
            Instant.parse("2026-01-31T12:00:00.123Z"),
            Duration.ofSeconds(90),
            Optional.of("x"),
            Kind.LARGE);
    String text =
        """
        {"id":"00000000-0000-0001-0000-000000000002","at":"2026-01-31T12:00:00.123Z",\
        "length":"PT1M30S","note":"x","kind":"LARGE"}\
        """;
    assertThat(mapper.toJson(event)).hasToString(text);
    assertThat(mapper.fromJson(json(text), Event.class)).isEqualTo(event);
  }

  @Test
  void writesMembersInTheOrderOfTheirDeclaration() {
    assertThat(mapper.toJson(new Disordered(1, 2, 3)))
        .hasToString("{\"zebra\":1,\"ape\":2,\"mule\":3}");
  }

  @Test
  void writesNoClassNames() {
    Object value = new Object[] {new LinkedHashMap<>(Map.of("a", List.of(new Login("t", 1))))};
    assertThat(mapper.toJson(value)).hasToString("[{\"a\":[{\"token\":\"t\",\"attempts\":1}]}]");
  }

  @Test
  void bindsNoClassThatTheTextNames() {
    String text = "{\"@class\":\"java.io.File\",\"@type\":\"java.io.File\"}";
    assertThat(mapper.fromJson(json(text), Object.class)).isInstanceOf(Map.class);
    assertThat(mapper.fromJson(json("[\"java.io.File\",\"/\"]"), Object.class))
        .isEqualTo(List.of("java.io.File", "/"));
  }

  @Test
  void refusesNullForPrimitives() {
    assertThatThrownBy(
            () -> mapper.fromJson(json("{\"token\":\"t\",\"attempts\":null}"), Login.class))
        .isInstanceOf(JsonBindingException.class);
  }

  @Test
  void tellsWhereItFailedWithoutQuotingTheText() {
    assertThatThrownBy(
            () ->
                mapper.fromJson(
                    json("{\"logins\":{\"secret\":{\"attempts\":\"secret\"}}}"), Group.class))
        .isInstanceOf(JsonBindingException.class)
        .hasMessageEndingWith("$Group: InvalidFormatException at .logins[].attempts")
        .hasNoCause();
    assertThatThrownBy(() -> mapper.fromJson(json("{\"guests\":[{\"token\":[1]}]}"), Group.class))
        .hasMessageEndingWith("at .guests[].token");
  }

  @Test
  void tellsWhatAConstructorOfTheApplicationThrew() {
    assertThatThrownBy(() -> mapper.fromJson(json("{\"name\":\" \"}"), Room.class))
        .isInstanceOf(JsonBindingException.class)
        .cause()
        .hasMessage("name is blank");
  }

  @Test
  void refusesRawTextThatIsNoJson() {
    assertThat(mapper.toJson(new Raw("[1]"))).hasToString("{\"json\":[1]}");
    assertThatThrownBy(() -> mapper.toJson(new Raw("1}}\"")))
        .isInstanceOf(JsonBindingException.class)
        .hasMessageContaining("Raw");
    assertThatThrownBy(() -> mapper.toJson(new Raw("secret"))).hasMessageNotContaining("secret");
  }

  @Test
  void keepsJsonBehindALateTypeIdUpToSpaceAndEscapes() {
    String body = "{\"b\":1.10,\"a\":12345678901234567890123,\"a\":1e400}";
    assertThat(mapper.fromJson(json("{\"body\": " + body + ",\"type\":\"note\"}"), Message.class))
        .isEqualTo(new Note(json(body)));
    assertThat(mapper.fromJson(json("{\"type\":\"note\",\"body\": [ 1 ] }"), Message.class))
        .isEqualTo(new Note(json("[ 1 ]")));
  }

  @Test
  void bindsDeeperThanJacksonDoesByDefault() {
    Object list = mapper.fromJson(json("[".repeat(600) + "]".repeat(600)), Object.class);
    assertThat(mapper.toJson(list)).hasToString("[".repeat(600) + "]".repeat(600));
  }

  @Test
  void saysThatItDoesNotBindWhereTheStackIsTooSmall() throws InterruptedException {
    String shallow = chain(10);
    assertThat(mapper.toJson(mapper.fromJson(json(shallow), Chain.class))).hasToString(shallow);
    assertThatThrownBy(() -> mapper.fromJson(json("7"), Chain.class));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread small =
        new Thread(
            null,
            () -> thrown.set(catchThrowable(() -> mapper.fromJson(json(chain(998)), Chain.class))),
            "small-stack",
            /* stackSize: bytes */ 200 << 10);
    small.start();
    small.join();
    assertThat(thrown.get())
        .isInstanceOf(JsonBindingException.class)
        .hasMessageEndingWith("$Chain: StackOverflowError");
  }

  private static String chain(int links) {
    return "{\"next\":".repeat(links) + "null" + "}".repeat(links);
  }

  @Test
  void bindsAsTheApplicationsMapperDoes() {
    JsonMapper snakes =
        JacksonCodec.on(
                tools.jackson.databind.json.JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                    .build())
            .mapper();
    assertThat(snakes.toJson(new Raw("1"))).hasToString("{\"Json\":1}");
    assertThat(snakes.toJson(Map.of("a", json("1.0")))).hasToString("{\"a\":1.0}");
  }

  @Test
  void letsNoExceptionOfJacksonOut() {
    assertThatThrownBy(() -> mapper.fromJson(json("{}"), Runnable.class))
        .isInstanceOf(JsonBindingException.class)
        .isNotInstanceOf(JacksonException.class)
        .hasMessageContaining("Runnable");
  }

  private static Json json(String text) {
    return Json.trusted(text.getBytes(UTF_8));
  }
}
