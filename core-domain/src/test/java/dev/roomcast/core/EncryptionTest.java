package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.roomcast.core.audience.Disconnection;
import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.ecdh.EcdhEncryption;
import dev.roomcast.ecdh.EcdhOptions;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.cipher.KeyAgreement;
import dev.roomcast.port.cipher.SessionCipher;
import dev.roomcast.port.codec.Json;
import dev.roomcast.port.observation.Signal;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.cipher.FakeEncryption;
import dev.roomcast.testkit.cipher.P256Client;
import dev.roomcast.testkit.cipher.P256Session;
import dev.roomcast.testkit.cipher.ReversibleCipher;
import java.nio.charset.StandardCharsets;
import java.security.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built-in encryption: the protocol, section 1.7. */
final class EncryptionTest {
  private static final CloseStatus REQUIRED = new CloseStatus(4004, "Encryption required");
  private static final Pattern SALT = Pattern.compile("'salt':'([^']*)'");

  @RegisterExtension final World world = new World();
  private final List<String> handled = new ArrayList<>();

  private void start(Encryption encryption) {
    start(encryption, options -> {});
  }

  private void start(Encryption encryption, Consumer<OptionsBuilder> options) {
    world.start(
        builder ->
            builder
                .encryption(encryption)
                .options(options)
                .onMessage(
                    (call, json) -> {
                      handled.add(call.event() + json);
                      return json;
                    }));
  }

  private void startRequired() {
    start(new FakeEncryption(true), options -> {});
  }

  private void startOptional() {
    start(new FakeEncryption(false), options -> {});
  }

  private ReversibleCipher cipherFrom(String welcome) {
    Matcher salt = SALT.matcher(welcome);
    assertThat(salt.find()).as(welcome).isTrue();
    return FakeEncryption.client("key-ann", "key-server", salt.group(1));
  }

  /** A client of a server that requires encryption, and the cipher it agreed on. */
  private record Sealed(Person person, ReversibleCipher cipher) {
    List<String> hears() {
      return person.hears().stream()
          .map(text -> cipher.openEnvelope(Person.json(text)).replace('"', '\''))
          .toList();
    }

    Sealed say(String text) {
      person.say(cipher.sealEnvelope(Person.json(text)));
      return this;
    }
  }

  private Sealed login() {
    return login(world.connect());
  }

  private Sealed loginOn(int loop) {
    return login(world.connectOn(loop));
  }

  private Sealed login(Person person) {
    Person ann = person.say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");
    String welcome = ann.wire.received().getFirst().replace('"', '\'');
    return new Sealed(ann.admitted(), cipherFrom(welcome));
  }

  private Sealed handshake(Person ann) {
    ann.say("{'event':'handshake','data':{'publicKey':'key-ann'}}");
    List<String> heard = ann.hears();
    assertThat(heard).hasSize(1);
    return new Sealed(ann, cipherFrom(heard.getFirst()));
  }

  @Test
  void tellsTheKeyInTheClearAndEncryptsFromThenOn() {
    startRequired();
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");
    world.server().everyone().send("news", 1);
    world.settle();

    List<String> heard = ann.hears();
    assertThat(heard.getFirst())
        .isEqualTo(
            "{'event':'connected','data':{'id':'00000000-0000-4000-8000-000000000002',"
                + "'userId':'ann','time':'2026-01-31T12:00:00.000Z',"
                + "'serverPublicKey':'key-server','salt':'salt-1'}}");
    assertThat(heard.get(1))
        .startsWith("{'event':'encrypted','data':{'iv':'")
        .doesNotContain("news");
    assertThat(cipherFrom(heard.getFirst()).openEnvelope(Person.json(heard.get(1))))
        .isEqualTo(Person.json("{'event':'news','data':1}"));
    var client = world.server().find("00000000-0000-4000-8000-000000000002").orElseThrow();
    assertThat(client.encrypted()).isTrue();
    assertThat(client.serverPublicKey()).isEqualTo("key-server");
    assertThat(client.salt()).isEqualTo("salt-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'publicKey':'bad'",
        ",'publicKey':''",
        ",'publicKey':5",
        ",'publicKey':null"
      })
  void refusesWhoHasNoAcceptableKey(String key) {
    startRequired();
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann'" + key + "},'id':'x'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Encryption handshake failed'},'id':'x'}");
    assertThat(ann.closed()).contains(REQUIRED);
    assertThat(world.goodbyes.getFirst().cause())
        .isEqualTo(new Disconnection(4004, "Encryption required", false));
    assertThat(world.count(Signal.AUTHENTICATION_FAILED)).isEqualTo(1);
    assertThat(world.count(Signal.HOOK_FAILED)).isZero();
    assertThat(world.server().users()).isEmpty();
  }

  @Test
  void asksForTheKeyOnlyWhereTheAuthenticatorAccepts() {
    startRequired();
    Person bob =
        world.connect().say("{'event':'authenticate','data':{'user':'bob','token':'bad'}}");

    assertThat(bob.closed()).contains(new CloseStatus(4003, "Authentication failed"));
  }

  @Test
  void closesEverybodyWhereEncryptionIsRequiredAndNotConfigured() {
    world.start(builder -> builder.options(options -> options.requireEncryption(true)));
    assertThat(world.takeErrors()).hasSize(1).first().asString().contains("closed with 4004");
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Encryption handshake failed'}}");
    assertThat(ann.closed()).contains(REQUIRED);
  }

  @Test
  void requiresEncryptionByOptionToo() {
    start(new FakeEncryption(false), options -> options.requireEncryption(true));
    Person ann = world.connect().say("{'event':'authenticate','data':{'user':'ann'}}");

    assertThat(ann.closed()).contains(REQUIRED);
  }

  @Test
  void handlesWhatComesEncryptedAsIfItHadComeInTheClear() {
    startRequired();
    Sealed ann = login();
    ann.say("{'event':'chat','data':[1,2]}")
        .say("{'event':'heartbeat'}")
        .say("{'event':'x','id':'7'}");

    assertThat(handled).containsExactly("chat[1,2]", "xnull");
    assertThat(ann.hears())
        .containsExactly("{'event':'chat','data':[1,2]}", "{'event':'x','data':null,'id':'7'}");
  }

  @Test
  void acceptsPlaintextByDefault() {
    startRequired();
    Sealed ann = login();
    ann.person().say("{'event':'chat','data':1}");

    assertThat(handled).containsExactly("chat1");
    assertThat(ann.hears()).containsExactly("{'event':'chat','data':1}");
  }

  @Test
  void refusesPlaintextByOption() {
    start(new FakeEncryption(true), options -> options.acceptPlaintext(false));
    Sealed ann = login();
    ann.person().say("{'event':'chat','id':'7'}").say("{'event':'heartbeat'}");

    assertThat(handled).isEmpty();
    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'},'id':'7'}");
    assertThat(world.count(Signal.MESSAGE_REFUSED)).isEqualTo(1);
    ann.say("{'event':'chat'}");
    assertThat(handled).containsExactly("chatnull");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",'data':null",
        ",'data':5",
        ",'data':[]",
        ",'data':{}",
        ",'data':{'iv':'AgAAAAAAAAAAAAAB'}",
        ",'data':{'iv':5,'ct':6}",
        ",'data':{'iv':'','ct':''}",
        ",'data':{'iv':'%%%','ct':'%%%'}",
        ",'data':{'iv':'AgAAAAAAAAAAAAAB','ct':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}"
      })
  void answersWhatDoesNotDecrypt(String data) {
    startRequired();
    Sealed ann = login();
    ann.person().say("{'event':'encrypted'" + data + ",'id':'7'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'},'id':'7'}");
    assertThat(ann.person().closed()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_UNDECIPHERABLE)).isEqualTo(1);
    ann.say("{'event':'chat'}");
    assertThat(handled).containsExactly("chatnull");
  }

  @Test
  void answersWhatNeedNotBind() {
    startRequired();
    Sealed ann = login();
    ann.person().say("{'event':'encrypted','data':{'iv':" + "9".repeat(2_000) + ",'ct':''}}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'}}");
    assertThat(ann.person().closed()).isEmpty();
  }

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
  void answersAPlaintextThatIsNoEnvelope() {
    startRequired();
    Sealed ann = login();
    ann.say("{'id':'9'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Invalid message format'},'id':'9'}");
    assertThat(world.count(Signal.MESSAGE_MALFORMED)).isEqualTo(1);
  }

  @Test
  void takesEncryptedWithinEncryptedForAnEventLikeAnyOther() {
    startRequired();
    Sealed ann = login();
    ann.say("{'event':'encrypted','data':{'iv':'x'}}");

    assertThat(handled).containsExactly(Person.json("encrypted{'iv':'x'}"));
  }

  @Test
  void takesEncryptedForAnEventLikeAnyOtherWhereItIsOff() {
    startOptional();
    world.login("ann").say("{'event':'encrypted','data':{'iv':'x'}}");

    assertThat(handled).containsExactly(Person.json("encrypted{'iv':'x'}"));
  }

  @Test
  void switchesOnByAHandshakeThatIsAnsweredInTheClear() {
    startOptional();
    Person ann = world.login("ann");
    world.server().everyone().send("before");
    ann.say("{'event':'handshake','data':{'publicKey':'key-ann'},'id':'h'}");
    world.server().everyone().send("after");
    world.settle();

    List<String> heard = ann.hears();
    assertThat(heard).hasSize(3);
    assertThat(heard.get(0)).isEqualTo("{'event':'before'}");
    assertThat(heard.get(1))
        .isEqualTo(
            "{'event':'handshake-complete','data':{'serverPublicKey':'key-server',"
                + "'salt':'salt-1'},'id':'h'}");
    assertThat(cipherFrom(heard.get(1)).openEnvelope(Person.json(heard.get(2))))
        .isEqualTo(Person.json("{'event':'after'}"));
    assertThat(world.server().find(ann.id()).orElseThrow().encrypted()).isTrue();
  }

  @Test
  void handlesWhatFollowsAHandshake() {
    startOptional();
    Sealed ann = handshake(world.login("ann"));
    ann.say("{'event':'chat','data':1}");

    assertThat(handled).containsExactly("chat1");
    assertThat(ann.hears()).containsExactly("{'event':'chat','data':1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ",'data':null", ",'data':{}", ",'data':{'publicKey':'bad'}", ",'data':7"})
  void answersAHandshakeThatFailsAndStaysPlain(String data) {
    startOptional();
    Person ann = world.login("ann").say("{'event':'handshake'" + data + ",'id':'h'}");

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'error','data':{'message':'Encryption handshake failed'},'id':'h'}");
    assertThat(ann.closed()).isEmpty();
    assertThat(world.server().find(ann.id()).orElseThrow().encrypted()).isFalse();
  }

  @Test
  void cannotShareTheHandshakeWithAHandlerOfTheApplication() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                world
                    .builder()
                    .encryption(new FakeEncryption(false))
                    .on("handshake", Json.class, (call, data) -> {})
                    .build())
        .withMessageContaining("handshake");
  }

  @Test
  void leavesTheHandshakeToTheApplicationWithoutTheBuiltInEncryption() {
    List<String> asked = new ArrayList<>();
    world.start(
        builder -> builder.on("handshake", Json.class, (call, data) -> asked.add(data.toString())));
    world.login("ann").say("{'event':'handshake','data':1}");

    assertThat(asked).containsExactly("1");
  }

  @Test
  void refusesASecondHandshake() {
    startOptional();
    Sealed ann = handshake(world.login("ann"));
    ann.say("{'event':'handshake','data':{'publicKey':'key-ann'}}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Encryption handshake failed'}}");
  }

  @Test
  void deliversToPlainAndEncryptedClientsAlike() {
    startOptional();
    Person plain = world.loginOn(0, "plain");
    Sealed sealed = handshake(world.loginOn(0, "sealed"));
    for (int i = 0; i < 20; i++) {
      world.server().room("ws-default").send("m", i);
    }
    world.settle();

    assertThat(plain.hears()).hasSize(20).isEqualTo(sealed.hears());
  }

  @Test
  void closesWhereAMessageCannotBeEncryptedAndNeverSendsItInTheClear() {
    start(new FakeEncryption(true, /* maxMessages= */ 3), options -> {});
    Sealed ann = login();
    for (int i = 0; i < 5; i++) {
      world.server().everyone().send("m", i);
    }
    world.settle();

    assertThat(ann.hears())
        .containsExactly(
            "{'event':'m','data':0}", "{'event':'m','data':1}", "{'event':'m','data':2}");
    assertThat(ann.person().closed()).contains(REQUIRED);
    assertThat(world.goodbyeTo(ann.person()).cause())
        .isEqualTo(new Disconnection(4004, "Encryption required", true));
    assertThat(world.count(Signal.MESSAGE_DROPPED_UNENCRYPTED)).isEqualTo(1);
  }

  /** A key agreement whose ciphers are faulty in ways that the port does not foresee. */
  private record Faulty(SessionCipher healthy, String clientId) implements SessionCipher {
    static Encryption forClient(int number) {
      Encryption sound = new FakeEncryption(true);
      return new Encryption() {
        private int agreed;

        @Override
        public KeyAgreement agree(String clientId, String clientPublicKey) {
          KeyAgreement agreement = sound.agree(clientId, clientPublicKey);
          return agreed++ == number
              ? new KeyAgreement(
                  agreement.serverPublicKey(),
                  agreement.salt(),
                  null,
                  new Faulty(agreement.cipher(), clientId))
              : agreement;
        }

        @Override
        public boolean enforced() {
          return true;
        }
      };
    }

    @Override
    public byte[] seal(byte[] envelope) {
      if (new String(envelope, StandardCharsets.UTF_8).contains("poison")) {
        throw new ProviderException("the device is gone");
      }
      return healthy.seal(envelope);
    }

    @Override
    public byte[] open(String iv, String ct) {
      throw new ProviderException("the device is gone");
    }
  }

  @Test
  void harmsNobodyElseWhereACipherThrowsWhatItMayNot() {
    start(Faulty.forClient(1), options -> {});
    List<Sealed> three = List.of(loginOn(0), loginOn(0), loginOn(0));
    world.server().everyone().send("m", "before");
    world.server().everyone().send("m", "poison");
    world.server().everyone().send("m", "after");
    world.settle();

    for (Sealed healthy : List.of(three.get(0), three.get(2))) {
      assertThat(healthy.hears())
          .containsExactly(
              "{'event':'m','data':'before'}",
              "{'event':'m','data':'poison'}",
              "{'event':'m','data':'after'}");
      assertThat(healthy.person().closed()).isEmpty();
    }
    assertThat(three.get(1).hears()).containsExactly("{'event':'m','data':'before'}");
    assertThat(three.get(1).person().closed()).contains(REQUIRED);
    assertThat(world.count(Signal.MESSAGE_DROPPED_UNENCRYPTED)).isEqualTo(1);
    assertThat(world.takeErrors()).isEmpty();
  }

  @Test
  void answersWhereACipherThrowsWhatItMayNot() {
    start(Faulty.forClient(0), options -> {});
    Sealed ann = loginOn(0);
    ann.say("{'event':'chat'}");

    assertThat(ann.hears())
        .containsExactly("{'event':'error','data':{'message':'Decryption failed'}}");
    assertThat(ann.person().closed()).isEmpty();
    assertThat(world.count(Signal.MESSAGE_UNDECIPHERABLE)).isEqualTo(1);
  }

  @Test
  void closesWhereTheKeyIsUsedUpByWhatCame() {
    start(EcdhEncryption.with(EcdhOptions.defaults().withRequired(true).withMessagesPerKey(2)));
    P256Client client = P256Client.create();
    Person ann =
        world
            .connect()
            .say(
                "{'event':'authenticate','data':{'user':'ann','publicKey':'"
                    + client.publicKey()
                    + "'}}");
    P256Session session = join(client, ann.hears().getFirst());
    for (int i = 0; i < 3; i++) {
      ann.say(session.sealEnvelope(Person.json("{'event':'heartbeat'}")));
    }

    assertThat(ann.hears()).isEmpty();
    assertThat(ann.closed()).contains(REQUIRED);
    assertThat(world.count(Signal.MESSAGE_UNDECIPHERABLE)).isEqualTo(1);
  }

  @Test
  void refusesWhatWasReplayedReflectedReorderedOrChangedAndCountsIt() {
    start(EcdhEncryption.create().required());
    P256Client client = P256Client.create();
    Person ann =
        world
            .connect()
            .say(
                "{'event':'authenticate','data':{'user':'ann','publicKey':'"
                    + client.publicKey()
                    + "'}}");
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

  /** What is encrypted does not shrink, and its length would tell of what it says. */
  @Test
  void refusesToCompressWhereEverybodyMustEncrypt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> start(new FakeEncryption(true), options -> options.compression(true)))
        .withMessageContaining("compression is on and every client must encrypt");
  }

  @Test
  void givesUpAKeyAgreementThatHangs() {
    Encryption sound = new FakeEncryption(true);
    start(
        new Encryption() {
          @Override
          public KeyAgreement agree(String clientId, String clientPublicKey) {
            world.time.hooks().pause(Duration.ofMinutes(1));
            return sound.agree(clientId, clientPublicKey);
          }

          @Override
          public boolean enforced() {
            return true;
          }
        },
        options -> {});
    Person ann =
        world.connect().say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");
    world.server().everyone().send("secret");
    world.pass(Duration.ofMillis(14_999));
    assertThat(ann.closed()).isEmpty();
    world.pass(Duration.ofMillis(1));
    assertThat(ann.closed()).contains(new CloseStatus(4001, "Authentication timeout"));
    world.pass(Duration.ofMinutes(2));

    assertThat(ann.hears()).isEmpty();
    assertThat(world.server().users()).isEmpty();
    assertThat(world.goodbyes.getFirst().cause().admitted()).isFalse();
  }

  @Test
  void reportsWhatCouldNotBeEncrypted() {
    start(new FakeEncryption(true, /* maxMessages= */ 0), options -> {});
    Sealed ann = login();
    var report = world.await(world.server().client(ann.person().id()).send("m").report());

    assertThat(report.queued()).isZero();
    assertThat(report.dropped()).isEqualTo(1);
  }
}
