package dev.roomcast.testkit.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.roomcast.port.codec.DecodedEnvelope;
import dev.roomcast.port.codec.Envelope;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of {@link dev.roomcast.port.codec.EnvelopeCodec}, one after the other up the classes
 * that this one extends, so that a codec's contract test is one method; no test leans on another.
 */
@SuppressWarnings("MemberName") // a test is named after its rule
public abstract class EnvelopeCodecContract extends EnvelopeMembersContract {

  // E06: manners of reading

  @Property(tries = 500)
  void required_E06_throwsForNoBytes(@ForAll byte[] bytes) {
    assertThatCode(() -> codec().envelopes().read(ByteBuffer.wrap(bytes)))
        .doesNotThrowAnyException();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void required_E06_throwsForNoDamagedMessage(@ForAll("damaged") byte[] bytes) {
    assertThatCode(() -> codec().envelopes().read(ByteBuffer.wrap(bytes)))
        .doesNotThrowAnyException();
  }

  @Test
  void required_E06_readsBuffersOfEveryKind() {
    for (ByteBuffer buffer : Bytes.buffersOf("{\"event\":\"é\",\"data\":[1],\"id\":\"x\"}")) {
      assertThat(codec().envelopes().read(buffer)).isEqualTo(new Envelope("é", json("[1]"), "x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"event\":\"e\",\"data\":[1,2]}", "{\"event\":", "\u0001"})
  void required_E06_leavesPositionAndLimit(String message) {
    for (ByteBuffer buffer : Bytes.buffersOf(message)) {
      ByteBuffer before = buffer.duplicate();
      codec().envelopes().read(buffer);
      assertThat(buffer.position()).isEqualTo(before.position());
      assertThat(buffer.limit()).isEqualTo(before.limit());
    }
  }

  @Test
  void required_E06_keepsNoReferenceToTheBuffer() {
    byte[] bytes = "{\"event\":\"e\",\"data\":[1],\"id\":\"x\"}".getBytes(UTF_8);
    DecodedEnvelope read = codec().envelopes().read(ByteBuffer.wrap(bytes));
    Arrays.fill(bytes, (byte) '9');
    assertThat(read).isEqualTo(new Envelope("e", json("[1]"), "x"));
  }

  @Test
  void required_E06_servesManyThreads() {
    assertThat(
            IntStream.range(0, 20_000)
                .parallel()
                .allMatch(
                    n -> {
                      Envelope sent =
                          new Envelope("e" + n, json("{\"k" + n + "\":" + n + "}"), "i" + n);
                      byte[] text = codec().envelopes().write(sent.event(), sent.data(), sent.id());
                      return codec().envelopes().read(ByteBuffer.wrap(text)).equals(sent);
                    }))
        .isTrue();
  }

  // E07: writing

  @Test
  void required_E07_writesEventDataAndIdInThisOrder() {
    assertThat(written("e", json("{}"), "x"))
        .isEqualTo("{\"event\":\"e\",\"data\":{},\"id\":\"x\"}");
    assertThat(written("e", null, "x")).isEqualTo("{\"event\":\"e\",\"id\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"", "\\", "\b", "\f", "\n", "\r", "\t", "\u0000", "\u001f", "a\"b\\c", "\\u0041"
      })
  void required_E07_escapesWhatMustBe(String awkward) {
    byte[] message = codec().envelopes().write(awkward, null, awkward);
    assertThat(codec().envelopes().read(ByteBuffer.wrap(message)))
        .isEqualTo(new Envelope(awkward, null, awkward));
  }

  @Test
  void required_E07_writesCharactersOutsideOfAsciiAsUtf8OrEscaped() {
    byte[] message = codec().envelopes().write("é€😀", null, null);
    assertThat(codec().envelopes().read(ByteBuffer.wrap(message)))
        .isEqualTo(new Envelope("é€😀", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"d800", "dbff", "dc00", "dfff"})
  void required_E07_writesALoneSurrogateAsAnEscape(String surrogate) {
    String lone = Character.toString((char) Integer.parseInt(surrogate, 16));
    assertThat(written("a" + lone + "b", null, null))
        .isEqualToIgnoringCase("{\"event\":\"a\\u" + surrogate + "b\"}");
    assertThat(written("e", null, lone))
        .isEqualToIgnoringCase("{\"event\":\"e\",\"id\":\"\\u" + surrogate + "\"}");
  }

  @Test
  void required_E07_givesAnArrayAwayEachTime() {
    byte[] first = codec().envelopes().write("e", json("1"), null);
    byte[] second = codec().envelopes().write("e", json("1"), null);
    Arrays.fill(first, (byte) 0);
    assertThat(new String(second, UTF_8)).isEqualTo("{\"event\":\"e\",\"data\":1}");
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return Bytes.damaged(Arbitraries.oneOf(messages(), Arbitraries.just("{\"event\":\"é\"}")));
  }
}
