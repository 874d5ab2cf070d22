package dev.roomcast.server.browser;

/** Somebody at the page. */
record Visitor(Tab tab) {

  /** Connects under a name, and waits until the server has admitted. */
  Visitor enter(String name) {
    connect(name);
    until("document.querySelector('#state').dataset.state === 'authenticated'");
    return this;
  }

  void connect(String name) {
    until("document.querySelector('#connect') !== null && document.readyState === 'complete'");
    tab.fill("#name", name);
    tab.click("#connect");
  }

  /** Chooses to encrypt, perhaps only with the server that has a key. */
  Visitor encrypting(String pin) {
    until("document.querySelector('#encrypt') !== null && document.readyState === 'complete'");
    tab.evaluate("document.querySelector('#encrypt').checked = true");
    tab.fill("#pin", pin);
    return this;
  }

  void join(String room) {
    tab.fill("#room", room);
    tab.click("#join");
    until("document.querySelector('#rooms > li[data-room=" + room + "]') !== null");
    tab.fill("#to", "room:" + room);
  }

  void say(String text) {
    tab.fill("#text", text);
    tab.click("#say");
  }

  void sees(String text) {
    until(
        "[...document.querySelectorAll('#messages .text')].some(e => e.textContent === "
            + Tab.quote(text)
            + ")");
  }

  void until(String expression) {
    tab.until(expression);
  }
}
