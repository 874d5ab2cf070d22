package dev.roomcast.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.core.options.OptionsBuilder;
import dev.roomcast.port.cipher.Encryption;
import dev.roomcast.port.transport.CloseStatus;
import dev.roomcast.testkit.cipher.FakeEncryption;
import dev.roomcast.testkit.cipher.ReversibleCipher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the tests of the built-in encryption stand on: the protocol, section 1.7. */
abstract class EncryptionFixture {
  static final CloseStatus REQUIRED = new CloseStatus(4004, "Encryption required");
  private static final Pattern SALT = Pattern.compile("'salt':'([^']*)'");

  @RegisterExtension final World world = new World();
  final List<String> handled = new ArrayList<>();

  void start(Encryption encryption) {
    start(encryption, options -> {});
  }

  void start(Encryption encryption, Consumer<OptionsBuilder> options) {
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

  void startRequired() {
    start(new FakeEncryption(true), options -> {});
  }

  void startOptional() {
    start(new FakeEncryption(false), options -> {});
  }

  ReversibleCipher cipherFrom(String welcome) {
    Matcher salt = SALT.matcher(welcome);
    assertThat(salt.find()).as(welcome).isTrue();
    return FakeEncryption.client("key-ann", "key-server", salt.group(1));
  }

  /** A client of a server that requires encryption, and the cipher it agreed on. */
  record Sealed(Person person, ReversibleCipher cipher) {
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

  Sealed login() {
    return login(world.connect());
  }

  Sealed loginOn(int loop) {
    return login(world.connectOn(loop));
  }

  Sealed login(Person person) {
    Person ann = person.say("{'event':'authenticate','data':{'user':'ann','publicKey':'key-ann'}}");
    String welcome = ann.wire.received().getFirst().replace('"', '\'');
    return new Sealed(ann.admitted(), cipherFrom(welcome));
  }

  Sealed handshake(Person ann) {
    ann.say("{'event':'handshake','data':{'publicKey':'key-ann'}}");
    List<String> heard = ann.hears();
    assertThat(heard).hasSize(1);
    return new Sealed(ann, cipherFrom(heard.getFirst()));
  }
}
