package dev.roomcast.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.codec.BusMessage;
import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.DecodedBusMessage;
import dev.roomcast.port.codec.DecodedEnvelope;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.MalformedBusMessage;
import dev.roomcast.port.codec.MalformedEnvelope;
import dev.roomcast.testkit.fuzz.Corpus;
import dev.roomcast.testkit.fuzz.Fuzzing;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What strangers send is read as Jackson reads it, and what was read can be written and read. */
final class CodecFuzzTest {
  private static final JsonMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(1_000)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNameLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .build();

  private final Codec codec = JacksonCodec.create();

  @Test
  void readsEnvelopesAsJacksonDoes() {
    Corpus corpus = Corpus.text(CodecFuzzTest.class, "envelopes.txt");
    Fuzzing.of(corpus).run("the decoder of envelopes", this::readsEnvelope);
  }

  private void readsEnvelope(byte[] message, Random random) {
    DecodedEnvelope ours = codec.envelopes().read(ByteBuffer.wrap(message));
    if (isBeyondComparison(message)) {
      return;
    }
    JsonNode object = object(message).orElse(null);
    String event = string(object, "event");
    if (event == null || event.isEmpty()) {
      assertThat(ours).isInstanceOf(MalformedEnvelope.class);
      return;
    }
    assertThat(ours).isInstanceOf(Envelope.class);
    Envelope envelope = (Envelope) ours;
    assertThat(envelope.event()).isEqualTo(event);
    String id = string(object, "id");
    assertThat(envelope.id())
        .isEqualTo(id == null || id.isEmpty() || id.length() > 128 ? null : id);
    assertSame(envelope.data(), object.get("data"));
    byte[] written = codec.envelopes().write(event, envelope.data(), envelope.id());
    assertThat(codec.envelopes().read(ByteBuffer.wrap(written))).isEqualTo(envelope);
  }

  @Test
  void readsBusMessagesAsJacksonDoes() {
    Corpus corpus = Corpus.text(CodecFuzzTest.class, "bus-messages.txt");
    Fuzzing.of(corpus).run("the decoder of bus messages", this::readsBusMessage);
  }

  private void readsBusMessage(byte[] message, Random random) {
    DecodedBusMessage ours = codec.busMessages().read(ByteBuffer.wrap(message));
    if (isBeyondComparison(message)) {
      return;
    }
    JsonNode object = object(message).orElse(null);
    boolean complete =
        List.of("serverId", "type", "event").stream()
            .map(name -> string(object, name))
            .allMatch(value -> value != null && !value.isEmpty());
    if (!complete) {
      assertThat(ours).isInstanceOf(MalformedBusMessage.class);
      return;
    }
    assertThat(ours).isInstanceOf(BusMessage.class);
    BusMessage heard = (BusMessage) ours;
    assertThat(heard.serverId()).isEqualTo(string(object, "serverId"));
    assertThat(heard.type()).isEqualTo(string(object, "type"));
    assertThat(heard.target()).isEqualTo(string(object, "target"));
    assertThat(heard.event()).isEqualTo(string(object, "event"));
    assertSame(heard.data(), object.get("data"));
    JsonNode exclude = object.get("exclude");
    assertThat(heard.exclude())
        .isEqualTo(
            exclude == null || !exclude.isArray()
                ? List.of()
                : exclude
                    .valueStream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .toList());
    byte[] written = codec.busMessages().write(heard);
    assertThat(codec.busMessages().read(ByteBuffer.wrap(written))).isEqualTo(heard);
  }

  /** Half a surrogate pair, escaped, which Jackson takes in some places only. */
  private static boolean isBeyondComparison(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    return text.contains("\\ud") || text.contains("\\uD");
  }

  private static void assertSame(Json ours, JsonNode theirs) {
    assertThat(ours == null).isEqualTo(theirs == null);
    if (ours != null) {
      assertThat(JACKSON.readTree(ours.toString())).isEqualTo(theirs);
    }
  }

  private static String string(JsonNode object, String name) {
    JsonNode value = object == null ? null : object.get(name);
    return value == null || !value.isString() ? null : value.stringValue();
  }

  /** The object that the message is, if it is one in UTF-8. */
  private static Optional<JsonNode> object(byte[] message) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
      return Optional.of(JACKSON.readTree(text)).filter(JsonNode::isObject);
    } catch (CharacterCodingException | JacksonException malformed) {
      return Optional.empty();
    }
  }
}
