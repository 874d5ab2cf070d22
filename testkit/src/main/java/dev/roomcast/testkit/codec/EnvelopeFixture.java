package dev.roomcast.testkit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.codec.Codec;
import dev.roomcast.port.codec.DecodedEnvelope;
import dev.roomcast.port.codec.Envelope;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.codec.MalformedEnvelope;
import java.nio.ByteBuffer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The codec that a contract asks, and what the asking has in common. */
abstract class EnvelopeFixture {

  /** The codec that is meant. */
  protected abstract Codec codec();

  @Provide
  Arbitrary<String> values() {
    return JsonTexts.values();
  }

  @Provide
  Arbitrary<String> messages() {
    return Combinators.combine(
            JsonTexts.spaces(), JsonTexts.strings().filter(event -> event.length() > 2), values())
        .as((space, event, data) -> space + "{\"event\":" + event + ",\"data\":" + data + "}");
  }

  static Json json(String text) {
    return Json.trusted(text.getBytes(UTF_8));
  }

  String written(String event, @Nullable Json data, @Nullable String id) {
    return new String(codec().envelopes().write(event, data, id), UTF_8);
  }

  Envelope envelope(String message) {
    DecodedEnvelope read = codec().envelopes().read(Bytes.of(message));
    assertThat(read).isInstanceOf(Envelope.class);
    return (Envelope) read;
  }

  MalformedEnvelope malformed(ByteBuffer message) {
    DecodedEnvelope read = codec().envelopes().read(message);
    assertThat(read).isInstanceOf(MalformedEnvelope.class);
    return (MalformedEnvelope) read;
  }

  void assertMalformed(ByteBuffer message) {
    assertThat(codec().envelopes().read(message)).isInstanceOf(MalformedEnvelope.class);
  }
}
