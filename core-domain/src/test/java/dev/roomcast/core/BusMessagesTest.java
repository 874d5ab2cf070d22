package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.audience.DeliveryReport;
import dev.roomcast.port.observation.Signal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server reads and writes on its bus, byte by byte: the protocol, section 2. */
final class BusMessagesTest extends BusFixture {

  @Test
  void writesWhatTheReferenceReads() {
    overhear();
    Person ann = east.login("ann");
    String id = east.server().serverId();
    east.server().everyone().except("x").send("m", List.of(1));
    east.server().room("r").send("m");
    east.server().user("u").send("m", null);
    east.server().client("c").send("m", "t");
    east.server().named("n").send("m");
    east.server().named(ann.id()).send("here alone");
    east.server().client(ann.id()).send("here alone");
    east.server().everyone().here().send("here alone");
    time.runUntilIdle();

    assertThat(overheard)
        .containsExactly(
            "ws:broadcast {'serverId':'%s','type':'broadcast','event':'m','data':[1],'exclude':['x']}"
                .formatted(id),
            "ws:room:r {'serverId':'%s','type':'room','target':'r','event':'m'}".formatted(id),
            "ws:user:u {'serverId':'%s','type':'user','target':'u','event':'m','data':null}"
                .formatted(id),
            "ws:client:c {'serverId':'%s','type':'client','target':'c','event':'m','data':'t'}"
                .formatted(id),
            "ws:room:n {'serverId':'%s','type':'room','target':'n','event':'m'}".formatted(id));
  }

  @Test
  void dropsUnparsedWhatConcernsNobodyHere() {
    overhear();
    publish("ws:room:nobody", "not even JSON");
    publish("ws:client:nobody", "not even JSON");
    publish("ws:user:nobody", "not even JSON");
    publish("ws:broadcast", "not even JSON");

    assertThat(west.count(Signal.BUS_RECEIVED)).isEqualTo(4);
    assertThat(west.count(Signal.BUS_IRRELEVANT)).isEqualTo(4);
    assertThat(west.count(Signal.BUS_MALFORMED)).isZero();
  }

  static Stream<String> malformed() {
    return Stream.of(
        "ws:broadcast|",
        "ws:broadcast|nonsense",
        "ws:broadcast|[]",
        "ws:broadcast|{}",
        "ws:broadcast|{'type':'broadcast','event':'m'}",
        "ws:broadcast|{'serverId':'s','event':'m'}",
        "ws:broadcast|{'serverId':'s','type':'broadcast'}",
        "ws:broadcast|{'serverId':'s','type':'broadcast','event':''}",
        "ws:broadcast|{'serverId':5,'type':'broadcast','event':'m'}",
        "ws:broadcast|{'serverId':'s','type':'nonsense','event':'m'}",
        "ws:broadcast|{'serverId':'s','type':'room','target':'ws-default','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'room','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'room','target':5,'event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'room','target':'another','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'user','target':'ws-default','event':'m'}",
        "ws:room:ws-default|{'serverId':'s','type':'broadcast','event':'m'}",
        "ws:user:bob|{'serverId':'s','type':'client','target':'bob','event':'m'}",
        "ws:control|{'serverId':'s','type':'nonsense','target':'broadcast','event':'x'}",
        "ws:control|{'serverId':'s','type':'disconnect','event':'x'}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x'}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'x:y','event':'x','data':{'reason':'r'}}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':{'reason':5}}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':'r'}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':{'reason':'"
            + "r".repeat(124)
            + "'}}",
        "ws:control|{'serverId':'s','type':'disconnect','target':'broadcast','event':'x','data':{'reason':"
            + "9".repeat(2_000)
            + "}}",
        "ws:control|{'serverId':'s','type':'join','target':'user:bob','event':'x','data':{'room':'ws:x'}}",
        "ws:control|{'serverId':'s','type':'leave','target':'user:bob','event':'x','data':{'room':''}}",
        "ws:control|{'serverId':'s','type':'broadcast','event':'x'}");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void countsAndDropsWhatIsNoMessageOfOurs(String row) {
    Person bob = west.login("bob");
    overhear();
    publish(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1));

    assertThat(west.count(Signal.BUS_MALFORMED)).isEqualTo(1);
    assertThat(bob.hears()).isEmpty();
    publish("ws:user:bob", "{'serverId':'s','type':'user','target':'bob','event':'good'}");
    assertThat(bob.hears()).containsExactly("{'event':'good'}");
    assertThat(bob.closed()).isEmpty();
  }

  @Test
  void dropsBytesThatAreNoUtf8() {
    Person bob = west.login("bob");
    overhear();
    byte[] bytes =
        Person.json("{'serverId':'s','type':'broadcast','event':'m','data':'?'}")
            .getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xFF;
    publish("ws:broadcast", bytes);

    assertThat(west.count(Signal.BUS_MALFORMED)).isEqualTo(1);
    assertThat(bob.hears()).isEmpty();
  }

  @Test
  void readsWhatTheReferenceWrites() {
    Person bob = west.login("bob");
    overhear();
    publish(
        "ws:broadcast",
        "{'serverId':'r','type':'broadcast','event':'m','data':{'b' : 1.0},'exclude':null,'x':1}");
    publish(
        "ws:broadcast",
        "{'serverId':'r','type':'broadcast','event':'m','exclude':[5,null,'" + bob.id() + "']}");
    publish("ws:user:bob", "{'serverId':'r','type':'user','target':'bob','event':'m'}");

    assertThat(bob.hears()).containsExactly("{'event':'m','data':{'b' : 1.0}}", "{'event':'m'}");
  }

  @Test
  void ignoresTheCanariesOfOthers() {
    west.login("bob");
    overhear();
    publish("ws:control", "{'serverId':'s','type':'canary','event':'canary','data':{'n':1}}");

    assertThat(west.count(Signal.BUS_MALFORMED)).isZero();
  }

  @Test
  void hearsAnEmitter() {
    Person ann = east.login("ann");
    Person bob = west.login("bob");
    Emitter emitter = Emitter.on(other, dev.roomcast.jackson.JacksonCodec.create());
    emitter.start();
    DeliveryReport report = time.await(emitter.broadcast("all", 1));
    time.await(emitter.toClient(ann.id(), "client", 2));
    time.await(emitter.toUser("bob", "user", 3));
    time.await(emitter.toRoom("ws-default", "room", 4, List.of(ann.id())));
    time.runUntilIdle();

    assertThat(ann.hears())
        .containsExactly("{'event':'all','data':1}", "{'event':'client','data':2}");
    assertThat(bob.hears())
        .containsExactly(
            "{'event':'all','data':1}", "{'event':'user','data':3}", "{'event':'room','data':4}");
    assertThat(report).isEqualTo(published(0, 2));
    emitter.close();
  }
}
