package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.testkit.cipher.P256Client;
import dev.roomcast.testkit.cipher.P256Session;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What somebody on the way may do to what is encrypted, and how long a key serves. */
final class EncryptionAttackTest extends EncryptionFixture {
  @Test
  void refusesAReplay() {
    startRequired();
    Sealed ann = login();
    String once = ann.cipher().sealEnvelope(Person.json("{'event':'chat'}"));
    ann.person().say(once).say(once);

    assertThat(handled).hasSize(1);
    assertThat(ann.hears()).last().asString().contains("Decryption failed");
  }

  @Test
  void refusesWhatWasReplayedReflectedReorderedOrChangedAndCountsIt() {
    start(EcdhEncryption.create().required());
    P256Client client = P256Client.create();
    Person ann = authenticated(client);
    P256Session session = join(client, ann.hears().getFirst());
    String first = session.sealEnvelope(Person.json("{'event':'chat','data':1}"));
    String second = session.sealEnvelope(Person.json("{'event':'chat','data':2}"));
    String third = session.sealEnvelope(Person.json("{'event':'chat','data':3}"));
    world.server().everyone().send("news");
    world.settle();
    String ours = Person.json(ann.hears().getFirst());
    ann.say(second); // goes through
    ann.say(second); // replayed
    ann.say(first); // reordered
    ann.say(ours); // reflected
    ann.say(changed(third));
    ann.say(third); // goes through

    assertThat(handled).containsExactly("chat2", "chat3");
    assertThat(ann.hears().stream().map(Person::json).map(session::openEnvelope))
        .containsExactly(
            Person.json("{'event':'chat','data':2}"),
            Person.json("{'event':'error','data':{'message':'Decryption failed'}}"),
            Person.json("{'event':'error','data':{'message':'Decryption failed'}}"),
            Person.json("{'event':'error','data':{'message':'Decryption failed'}}"),
            Person.json("{'event':'error','data':{'message':'Decryption failed'}}"),
            Person.json("{'event':'chat','data':3}"));
    assertThat(world.count(Signal.MESSAGE_UNDECIPHERABLE)).isEqualTo(4);
    assertThat(ann.closed()).isEmpty();
  }

  @Test
  void closesWhereTheKeyIsUsedUpByWhatCame() {
    start(EcdhEncryption.with(EcdhOptions.defaults().withRequired(true).withMessagesPerKey(2)));
    P256Client client = P256Client.create();
    Person ann = authenticated(client);
    P256Session session = join(client, ann.hears().getFirst());
    for (int i = 0; i < 3; i++) {
      ann.say(session.sealEnvelope(Person.json("{'event':'heartbeat'}")));
    }

    assertThat(ann.hears()).isEmpty();
    assertThat(ann.closed()).contains(REQUIRED);
    assertThat(world.count(Signal.MESSAGE_UNDECIPHERABLE)).isEqualTo(1);
  }

  private Person authenticated(P256Client client) {
    return world
        .connect()
        .say(
            "{'event':'authenticate','data':{'user':'ann','publicKey':'"
                + client.publicKey()
                + "'}}");
  }

  private static String changed(String sealed) {
    int at = sealed.indexOf("\"ct\":\"") + 9;
    char other = sealed.charAt(at) == 'A' ? 'B' : 'A';
    return sealed.substring(0, at) + other + sealed.substring(at + 1);
  }

  private static P256Session join(P256Client client, String connected) {
    Matcher answer =
        Pattern.compile("'serverPublicKey':'([^']*)','salt':'([^']*)'").matcher(connected);
    assertThat(answer.find()).as(connected).isTrue();
    return client.join(answer.group(1), answer.group(2));
  }
}
