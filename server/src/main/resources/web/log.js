/** Milliseconds between two changes of the document: a lone entry appears at once, a flood four times a second. */
const PAUSE = 250;

/**
 * A list in the page that keeps its newest entries and stays at its end unless the reader scrolled up. What comes
 * faster than it can be drawn is drawn together, and what is already too old by then not at all.
 *
 * @template T
 */
export class Log {
  #list;
  #scroller;
  #limit;
  #render;
  /** @type {T[]} */
  #entries = [];
  /** How many of the newest entries are not yet in the document. */
  #fresh = 0;
  #scheduled = false;
  #drawnAt = -PAUSE;

  /** @param {HTMLElement} list its parent scrolls @param {number} limit entries kept @param {(entry: T) => HTMLElement} render */
  constructor(list, limit, render) {
    this.#list = list;
    this.#scroller = list.parentElement ?? list;
    this.#limit = limit;
    this.#render = render;
  }

  /** @param {T} entry */
  add(entry) {
    this.#entries.push(entry);
    this.#fresh += 1;
    // In steps, since cutting the front off for each entry would cost as much as there are entries.
    if (this.#entries.length > 2 * this.#limit) this.#entries.splice(0, this.#entries.length - this.#limit);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => this.#draw(), Math.max(0, this.#drawnAt + PAUSE - performance.now()));
  }

  clear() {
    this.#entries = [];
    this.#list.replaceChildren();
  }

  /** Renders every entry anew. */
  redraw() {
    this.#list.replaceChildren();
    this.#fresh = this.#entries.length;
    this.#draw();
  }

  #draw() {
    this.#scheduled = false;
    this.#drawnAt = performance.now();
    const list = this.#list;
    const scroller = this.#scroller;
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40;
    const fresh = Math.min(this.#fresh, this.#limit, this.#entries.length);
    this.#fresh = 0;
    list.append(...this.#entries.slice(this.#entries.length - fresh).map(this.#render));
    while (list.children.length > this.#limit) list.firstElementChild?.remove();
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  }
}
