package dev.roomcast.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.server.ChildServer;
import dev.roomcast.testkit.redis.TcpProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser: two people talk, and one who reloads is back in the room. */
@Timeout(120)
final class PageTest {
  private static Chromium chromium;
  private static ChildServer server;

  @BeforeAll
  static void open() throws Exception {
    Optional<Path> executable = Chromium.find();
    if (executable.isEmpty()) {
      System.out.println(
          "No Chromium found, so the browser test does not run; set ROOMCAST_TEST_CHROMIUM to one");
    }
    Assumptions.assumeTrue(executable.isPresent(), "no Chromium found");
    System.out.println("The browser test runs in " + executable.get());
    server = ChildServer.start("serve", "--port", "0");
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

  @Test
  void letsTwoPeopleTalkAndOneComeBackAfterAReload() throws Exception {
    URI page = server.page();
    Visitor ada = new Visitor(chromium.open(page)).enter("ada");
    Visitor bob = new Visitor(chromium.open(page)).enter("bob");
    ada.join("lobby");
    bob.join("lobby");

    ada.say("Good morning <b>everybody</b>");
    bob.sees("Good morning <b>everybody</b>");
    ada.sees("Good morning <b>everybody</b>");

    bob.tab().reload();
    bob.until("document.querySelector('#state')?.dataset.state === 'authenticated'");
    bob.until("document.querySelector('#rooms > li[data-room=lobby]') !== null");
    ada.say("are you back?");
    bob.sees("are you back?");

    ada.tab().click("#rooms > li[data-room=lobby] .leave");
    ada.until("document.querySelector('#rooms > li[data-room=lobby]') === null");
    assertThat(ada.tab().evaluate("document.querySelector('#state').dataset.state"))
        .isEqualTo("authenticated");
  }

  @Test
  void showsTheFramesThatWentBothWays() throws Exception {
    Visitor carol = new Visitor(chromium.open(server.page())).enter("carol");

    carol.until(
        "document.querySelector('#frames > li[data-direction=out][data-event=authenticate]') !=="
            + " null");
    carol.until(
        "document.querySelector('#frames > li[data-direction=in][data-event=connected]') !== null");
    assertThat(carol.tab().evaluate("document.querySelector('#frames .meant') === null"))
        .isEqualTo(true);
  }

  /** The server leaves encryption to its clients: they shake hands after they were admitted. */
  @Test
  void letsThoseWhoEncryptTalkWithThoseWhoDoNot() throws Exception {
    Visitor plain = new Visitor(chromium.open(server.page())).enter("plain");
    Visitor secret = new Visitor(chromium.open(server.page())).encrypting("").enter("secret");
    plain.join("mixed");
    secret.join("mixed");
    plain.say("to whom it may concern");
    secret.sees("to whom it may concern");
    secret.say("between us");
    plain.sees("between us");

    assertThat(secret.tab().evaluate("document.querySelector('#session').dataset.encrypted"))
        .isEqualTo("true");
    assertThat(plain.tab().evaluate("document.querySelector('#session').dataset.encrypted"))
        .isEqualTo("false");
    secret.until(
        "document.querySelector('#frames > li[data-event=handshake-complete] > .meant') === null");
    secret.until("document.querySelector('#frames > li[data-event=message] > .meant') !== null");
  }

  /** The wire keeps every connection and brings nothing, as where a host has lost its power. */
  @Test
  void comesBackFromAServerThatIsGoneWithoutAWord() throws Exception {
    try (TcpProxy wire = TcpProxy.to(server.page())) {
      Tab fay = chromium.open(wire.uri());
      fay.until("document.readyState === 'complete' && location.port === '" + wire.port() + "'");
      fay.evaluate(
          """
          (async () => {
            const { RoomcastClient } = await import('/roomcast.js')
            const url = location.origin.replace('http', 'ws') + '/ws'
            const often = { heartbeatInterval: 200, answerTimeout: 200 }
            window.client = new RoomcastClient(url, { token: 'fay', rooms: ['lobby'], ...often })
            window.heard = []
            window.closes = []
            client.onframe = (way, text) => way === 'in' && heard.push(JSON.parse(text).event)
            client.addEventListener('close', ({ detail: { code, reason } }) =>
              closes.push(code + ' ' + reason))
            await client.connect()
          })()
          """);
      fay.until("heard.includes('leave')");
      assertThat(fay.evaluate("closes.length")).isEqualTo(0);

      wire.fallSilent();
      fay.until("closes[0] === '1006 No answer'");
      wire.speakAgain();
      fay.until("client.state === 'authenticated' && heard.filter(e => e === 'join').length === 2");
    }
  }

  /** What a browser negotiates by itself, once with the page and once by a socket's own word. */
  @Test
  void talksCompressedWhereTheServerDoes() throws Exception {
    try (ChildServer compressing =
        ChildServer.start(
            "serve", "--port", "0", "--compression", "true", "--compression-threshold", "0")) {
      Visitor dora = new Visitor(chromium.open(compressing.page())).enter("dora");
      dora.join("lobby");
      String text = "Good morning everybody \uD83D\uDE00 ".repeat(200).strip();
      dora.say(text);
      dora.sees(text);

      assertThat(
              dora.tab()
                  .evaluate(
                      """
                      new Promise((resolve, reject) => {
                        const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws')
                        const data = {token: 'emil', more: 'x'.repeat(5000)}
                        socket.onopen = () =>
                          socket.send(JSON.stringify({event: 'authenticate', data}))
                        socket.onmessage = m =>
                          resolve(socket.extensions + ' ' + JSON.parse(m.data).event)
                        socket.onclose = e => reject(new Error(e.code + ' ' + e.reason))
                      })
                      """))
          .isEqualTo(
              "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
                  + " connected");
    }
  }
}
