/**
 * What a {@link Heartbeat} calls: `beat` at each beat, with whether it is to be something that the server answers;
 * `lost` when the server has said nothing for too long, upon which it is to be stopped.
 *
 * @typedef {object} HeartbeatListener
 * @property {(answered: boolean) => void} beat
 * @property {() => void} lost
 */

/**
 * A timer that is late, after a sleep of the machine or on a page that was busy or frozen, may run before what came
 * meanwhile is told. So silence counts only after another moment.
 */
const LAST_LOOK = 1000;

/**
 * While it runs: tells the server that we live, and finds out whether the server does. A host that loses its power
 * and a firewall that drops end no connection, and browsers show nobody the pings of the protocol below.
 *
 * A beat goes out each interval. One that follows silence wants an answer, and anything that comes counts as one; so
 * where messages flow nothing is asked. A server that is gone is noticed after two intervals, the time for the answer
 * and a second at the latest: 91 s. Timers that are late make it later, never earlier: browsers run those of a tab in
 * the background once a minute at worst, which makes it four minutes, and those of a frozen tab or a sleeping machine
 * not at all; then it is noticed when they are back.
 */
export class Heartbeat {
  #interval;
  #answerTimeout;
  #timers;
  #listener;
  /** Whether anything came since the last beat. */
  #heard = false;
  /** @type {any} timer of the next beat */
  #next = null;
  /** @type {any} timer of the end; null while no answer is due */
  #end = null;

  /**
   * @param {{ heartbeatInterval: number, answerTimeout: number }} millis
   * @param {import('./types.js').Timers} timers
   * @param {HeartbeatListener} listener
   */
  constructor({ heartbeatInterval, answerTimeout }, timers, listener) {
    this.#interval = heartbeatInterval;
    this.#answerTimeout = answerTimeout;
    this.#timers = timers;
    this.#listener = listener;
  }

  start() {
    this.stop();
    this.#heard = false;
    this.#next = this.#timers.setTimeout(() => this.#beat(), this.#interval);
  }

  stop() {
    this.#timers.clearTimeout(this.#next);
    this.#answered();
  }

  /** Something came from the server. */
  heard() {
    this.#heard = true;
    if (this.#end !== null) this.#answered();
  }

  #answered() {
    this.#timers.clearTimeout(this.#end);
    this.#end = null;
  }

  #beat() {
    this.#next = this.#timers.setTimeout(() => this.#beat(), this.#interval);
    const asks = !this.#heard && this.#end === null && this.#answerTimeout < Infinity;
    if (asks) this.#end = this.#timers.setTimeout(() => this.#lookAgain(), this.#answerTimeout);
    this.#heard = false;
    this.#listener.beat(asks);
  }

  #lookAgain() {
    this.#end = this.#timers.setTimeout(() => this.#listener.lost(), LAST_LOOK);
  }
}
