package dev.roomcast.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roomcast.server.ChildServer;
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
    Tab ada = chromium.open(page);
    Tab bob = chromium.open(page);
    enter(ada, "ada");
    enter(bob, "bob");
    join(ada, "lobby");
    join(bob, "lobby");

    say(ada, "Good morning <b>everybody</b>");
    sees(bob, "Good morning <b>everybody</b>");
    sees(ada, "Good morning <b>everybody</b>");

    bob.reload();
    bob.until("document.querySelector('#state')?.dataset.state === 'authenticated'");
    bob.until("document.querySelector('#rooms > li[data-room=lobby]') !== null");
    say(ada, "are you back?");
    sees(bob, "are you back?");

    ada.click("#rooms > li[data-room=lobby] .leave");
    ada.until("document.querySelector('#rooms > li[data-room=lobby]') === null");
    assertThat(ada.evaluate("document.querySelector('#state').dataset.state"))
        .isEqualTo("authenticated");
  }

  @Test
  void showsTheFramesThatWentBothWays() throws Exception {
    Tab tab = chromium.open(server.page());
    enter(tab, "carol");

    tab.until(
        "document.querySelector('#frames > li[data-direction=out][data-event=authenticate]') !=="
            + " null");
    tab.until(
        "document.querySelector('#frames > li[data-direction=in][data-event=connected]') !== null");
  }

  /** What a browser negotiates by itself, once with the page and once by a socket's own word. */
  @Test
  void talksCompressedWhereTheServerDoes() throws Exception {
    try (ChildServer compressing =
        ChildServer.start(
            "serve", "--port", "0", "--compression", "true", "--compression-threshold", "0")) {
      Tab dora = chromium.open(compressing.page());
      enter(dora, "dora");
      join(dora, "lobby");
      String text = "Good morning everybody \uD83D\uDE00 ".repeat(200).strip();
      say(dora, text);
      sees(dora, text);

      assertThat(
              dora.evaluate(
                  """
                  new Promise((resolve, reject) => {
                    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws')
                    const data = {token: 'emil', more: 'x'.repeat(5000)}
                    socket.onopen = () => socket.send(JSON.stringify({event: 'authenticate', data}))
                    socket.onmessage = m => resolve(socket.extensions + ' ' + JSON.parse(m.data).event)
                    socket.onclose = e => reject(new Error(e.code + ' ' + e.reason))
                  })
                  """))
          .isEqualTo(
              "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
                  + " connected");
    }
  }

  private static void enter(Tab tab, String name) {
    tab.until("document.querySelector('#connect') !== null && document.readyState === 'complete'");
    tab.fill("#name", name);
    tab.click("#connect");
    tab.until("document.querySelector('#state').dataset.state === 'authenticated'");
  }

  private static void join(Tab tab, String room) {
    tab.fill("#room", room);
    tab.click("#join");
    tab.until("document.querySelector('#rooms > li[data-room=" + room + "]') !== null");
    tab.fill("#to", "room:" + room);
  }

  private static void say(Tab tab, String text) {
    tab.fill("#text", text);
    tab.click("#say");
  }

  private static void sees(Tab tab, String text) {
    tab.until(
        "[...document.querySelectorAll('#messages .text')].some(e => e.textContent === "
            + Tab.quote(text)
            + ")");
  }
}
