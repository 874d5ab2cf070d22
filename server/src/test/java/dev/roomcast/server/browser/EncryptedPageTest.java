package dev.roomcast.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.ecdh.SigningKey;
import dev.roomcast.server.ChildServer;
import dev.roomcast.server.FreshKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, whose WebCrypto agrees with a server that insists on encryption. */
@Timeout(120)
final class EncryptedPageTest {
  private static final String ENCRYPTED = "[data-direction=%s][data-event=%s]";

  @TempDir private static Path directory;
  private static Chromium chromium;
  private static ChildServer server;
  private static String pin;

  @BeforeAll
  static void open() throws Exception {
    Optional<Path> executable = Chromium.find();
    if (executable.isEmpty()) {
      System.out.println(
          "No Chromium found, so encryption in a browser is not tested; set"
              + " ROOMCAST_TEST_CHROMIUM to one");
    }
    Assumptions.assumeTrue(executable.isPresent(), "no Chromium found");
    String pem = FreshKey.pem("secp256r1");
    pin = SigningKey.fromPem(pem).publicKey();
    Path file = Files.writeString(directory.resolve("signing-key.pem"), pem);
    server =
        ChildServer.start(
            "serve",
            "--port",
            "0",
            "--encryption",
            "required",
            "--encryption-signing-key",
            file.toString());
    chromium = Chromium.start(executable.get());
  }

  @AfterAll
  static void close() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static Visitor visitor() throws Exception {
    return new Visitor(chromium.open(server.page()));
  }

  @Test
  void encryptsBothWaysAndShowsWhatFramesMeant() throws Exception {
    Visitor ada = visitor().encrypting(pin).enter("ada");
    Visitor bob = visitor().encrypting("").enter("bob");
    ada.join("lobby");
    bob.join("lobby");
    ada.say("Für dich: é€😀");
    bob.sees("Für dich: é€😀");

    for (String frame :
        new String[] {
          ENCRYPTED.formatted("out", "publish"), ENCRYPTED.formatted("in", "message")
        }) {
      ada.until("document.querySelector('#frames > li" + frame + " > .meant') !== null");
      String wire =
          String.valueOf(
              ada.tab()
                  .evaluate(
                      "document.querySelector('#frames > li" + frame + " > .frame').textContent"));
      assertThat(wire)
          .startsWith("{\"event\":\"encrypted\",\"data\":{\"iv\":\"")
          .doesNotContain("dich");
      assertThat(
              ada.tab()
                  .evaluate(
                      "document.querySelector('#frames > li" + frame + " > .meant').textContent"))
          .asString()
          .contains("Für dich: é€😀");
    }
  }

  @Test
  void comesBackEncryptedAfterAReload() throws Exception {
    Visitor ada = visitor().encrypting(pin).enter("ada");
    ada.join("again");
    ada.tab().reload();
    ada.until("document.querySelector('#session')?.dataset.encrypted === 'true'");
    ada.until("document.querySelector('#rooms > li[data-room=again]') !== null");
  }

  @Test
  void staysAwayFromAServerThatIsNotTheOnePinned() throws Exception {
    Visitor ada = visitor().encrypting(SigningKey.generate().publicKey());
    ada.connect("ada");

    ada.until("document.querySelector('#closed').dataset.code === '4004'");
    assertThat(ada.tab().evaluate("document.querySelector('#closed-name').textContent"))
        .isEqualTo("4004 Another server signed than the one that is pinned");
    assertThat(ada.tab().evaluate("document.querySelector('#state').dataset.state"))
        .isEqualTo("disconnected");
  }

  @Test
  void isRefusedWhereItDoesNotEncrypt() throws Exception {
    Visitor ada = visitor();
    ada.connect("ada");

    ada.until("document.querySelector('#closed').dataset.code === '4004'");
    ada.sees("The server says: Encryption handshake failed");
  }
}
