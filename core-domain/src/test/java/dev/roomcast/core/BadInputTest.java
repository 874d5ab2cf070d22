package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol's sections 1 and 1.2, line by line. */
final class BadInputTest {
  private static final String INVALID =
      "{'event':'error','data':{'message':'Invalid message format'}}";

  @RegisterExtension final World world = new World();
  private final List<String> log = new ArrayList<>();

  private Person ann() {
    world.start(
        builder ->
            builder.onMessage(
                (call, json) -> {
                  log.add(call.event() + call.data().map(Object::toString).orElse(""));
                  return null;
                }));
    return world.login("ann");
  }

  static Stream<String> noEnvelopes() {
    return Stream.of(
        "",
        " ",
        "x",
        "null",
        "5",
        "'event'",
        "[]",
        "[{'event':'x'}]",
        "{",
        "{}",
        "{'event'}",
        "{'event':null}",
        "{'event':5}",
        "{'event':''}",
        "{'event':{}}",
        "{'Event':'x'}",
        "{'event':'x'}{}",
        "{'event':'x'},",
        "{'event':'x',}",
        "{'event':'x','data':}",
        "{'event':'x','data':01}",
        "{'event':'x','data':NaN}",
        "{event:'x'}",
        "{'event':'x'} // comment",
        "\uFEFF{'event':'x'}",
        "{'event':'x','data':" + "[".repeat(1_000) + "]".repeat(1_000) + "}");
  }

  @ParameterizedTest
  @MethodSource("noEnvelopes")
  void answersWhatIsNoEnvelope(String text) {
    Person ann = ann().say(text);

    assertThat(ann.hears()).containsExactly(INVALID);
    assertThat(ann.closed()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_MALFORMED)).isEqualTo(1);
    ann.say("{'event':'next'}");
    assertThat(log).containsExactly("next");
  }

  @ParameterizedTest
  @MethodSource("noEnvelopes")
  void answersItTheSameBeforeAdmission(String text) {
    world.start();
    Person somebody = world.connect().say(text);

    assertThat(somebody.hears()).containsExactly(INVALID);
    assertThat(somebody.closed()).isEmpty();
  }

  @Test
  void bearsTheIdOfWhatLacksOnlyAnEvent() {
    Person ann = ann().say("{'id':'7'}").say("{'event':'','id':'8'}").say("{'id':9}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Invalid message format'},'id':'7'}",
            "{'event':'error','data':{'message':'Invalid message format'},'id':'8'}",
            INVALID);
  }

  @Test
  void ignoresUnknownMembersAndTakesTheLastOfRepeatedOnes() {
    ann().say(" {'x':[{}],'event':'first','event':'last','data':1,'data':2}\n");

    assertThat(log).containsExactly("last2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "''", "{}", "['a']"})
  void takesAnIdOfAnotherFormForNone(String id) {
    world.start();
    Person ann = world.connect().say("{'event':'chat','id':" + id + "}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Not authenticated'}}");
  }

  @Test
  void takesIdsOfUpTo128Units() {
    world.start();
    String longest = "i".repeat(128);
    Person ann =
        world
            .connect()
            .say("{'event':'chat','id':'" + longest + "'}")
            .say("{'event':'chat','id':'" + longest + "i'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Not authenticated'},'id':'" + longest + "'}",
            "{'event':'error','data':{'message':'Not authenticated'}}");
  }

  @Test
  void acceptsAThousandLevels() {
    String deep = "[".repeat(999) + "]".repeat(999);
    ann().say("{'event':'deep','data':" + deep + "}");

    assertThat(log).containsExactly("deep" + deep);
  }

  @Test
  void passesOnDataAsItCame() {
    String data = "{'z' : 1.10, 'a':1E+2,'u':'\\u00e9\\/','n':" + "9".repeat(1_500) + "}";
    ann().say("{'event':'x','data':  " + data + "  }");

    assertThat(log).containsExactly("x" + Person.json(data));
  }

  @Test
  void closesOnATextThatIsNoUtf8() {
    Person ann = ann();
    ann.wire.sendText(new byte[] {'{', (byte) 0xC0, (byte) 0xAF, '}'});
    world.settle();

    assertThat(ann.closed()).contains(new CloseStatus(1007, "Malformed UTF-8"));
    assertThat(world.goodbyeTo(ann).cause().code()).isEqualTo(1007);
  }

  @Test
  void answersABinaryMessageThatIsNoUtf8() {
    Person ann = ann();
    byte[] text = Person.json("{'event':'x','data':'?'}").getBytes(StandardCharsets.UTF_8);
    text[text.length - 3] = (byte) 0xFF;
    ann.wire.sendBinary(text);
    world.settle();

    assertThat(ann.hears()).containsExactly(INVALID);
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void closesOnAMessageThatIsTooBig() {
    Person ann = ann();
    ann.say("{'event':'x','data':'" + "y".repeat(131_072) + "'}");

    assertThat(ann.closed()).contains(new CloseStatus(1009, "Message too big"));
    assertThat(world.goodbyeTo(ann).cause().reason()).isEqualTo("Message too big");
  }

  @Test
  void answersBeforeAuthenticationWithTheIdOfTheEnvelope() {
    world.start();
    Person somebody =
        world
            .connect()
            .say("{'event':'heartbeat','id':'a'}")
            .say("{'event':'join','data':{'rooms':['x']},'id':'b'}")
            .say("{'event':'leave','data':{'rooms':['x']},'id':'c'}")
            .say("{'event':'encrypted','data':{'iv':'','ct':''},'id':'d'}")
            .say("{'event':'chat','id':'e'}")
            .say("{'event':'chat'}");

    assertThat(somebody.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Not authenticated'},'id':'b'}",
            "{'event':'error','data':{'message':'Not authenticated'},'id':'c'}",
            "{'event':'error','data':{'message':'Not authenticated'},'id':'d'}",
            "{'event':'error','data':{'message':'Not authenticated'},'id':'e'}",
            "{'event':'error','data':{'message':'Not authenticated'}}");
    assertThat(world.count(Signal.MESSAGE_REFUSED)).isEqualTo(5);
    assertThat(world.count(Signal.MESSAGE_RECEIVED)).isEqualTo(6);
  }

  @Test
  void leavesNeighboursAlone() {
    Person ann = ann();
    Person vandal = world.loginOn(0, "vandal");
    for (int i = 0; i < 1_000; i++) {
      vandal.tell("{");
    }
    ann.say("{'event':'fine'}");

    assertThat(log).containsExactly("fine");
    assertThat(vandal.hears()).hasSize(1_000);
  }
}
