import { Failure, Refusal } from './requests.js';

/**
 * Rooms in one request when going back, and their bytes: a server that takes messages of 4 KiB takes these, also
 * encrypted, which makes them a third longer. What it refuses it would refuse on each connection that follows.
 */
const BATCH = { rooms: 100, bytes: 2_000 };

/** Milliseconds before each request where we were too fast; the slowest limit that servers have is a message a second. */
const PAUSE = 1_100;

const RATE_LIMITED = 4006;
const UTF8 = new TextEncoder();

/**
 * What {@link Memberships} call: `ask` sends the request and yields the rooms of its answer; `changed` tells that
 * they changed, and which rooms we could not get back to.
 *
 * @typedef {object} MembershipsListener
 * @property {(event: 'join' | 'leave', rooms: string[], timeout?: number) => Promise<string[]>} ask
 * @property {(refused: string[]) => void} changed
 */

/** The rooms we joined and did not leave, which outlive a connection: after a reconnect we go back to them. */
export class Memberships {
  #timers;
  #backoff;
  #ask;
  #changed;
  /** @type {Set<string>} */
  #rooms;
  /** @type {Set<Set<string>>} what each unanswered join may still bring; a later leave takes its rooms out */
  #joining = new Set();
  /** @type {{ done: boolean } | null} the way back to the rooms, from a connection's begin to its end */
  #return = null;
  #pauseMillis = 0;
  /** @type {any} until the next request on the way back */
  #timer = null;

  /**
   * @param {Iterable<string>} rooms
   * @param {import('./types.js').Timers} timers
   * @param {import('./backoff.js').Backoff} backoff
   * @param {MembershipsListener} listener
   */
  constructor(rooms, timers, backoff, { ask, changed }) {
    this.#rooms = new Set(rooms);
    this.#timers = timers;
    this.#backoff = backoff;
    this.#ask = ask;
    this.#changed = changed;
  }

  get rooms() {
    return [...this.#rooms];
  }

  /** @param {string[]} rooms @param {number} [timeout] @returns {Promise<string[]>} those that the server let us into */
  async join(rooms, timeout) {
    const open = new Set(rooms);
    this.#joining.add(open);
    try {
      const joined = await this.#ask('join', rooms, timeout);
      const before = this.#rooms.size;
      for (const room of joined) if (open.has(room)) this.#rooms.add(room);
      if (this.#rooms.size > before) this.#changed([]);
      return joined;
    } finally {
      this.#joining.delete(open);
    }
  }

  /** Forgets the rooms at once, whenever the answer comes. @param {string[]} rooms */
  forget(rooms) {
    for (const known of [this.#rooms, ...this.#joining]) rooms.forEach((room) => known.delete(room));
    this.#changed([]);
  }

  /**
   * Goes back to all rooms on a new connection, one request at a time. Those that the server refuses this time are
   * forgotten; where it failed to decide it is asked again, after a pause that grows.
   */
  restore() {
    this.#backoff.reset();
    this.#goBack(this.rooms, (this.#return = { done: false }));
  }

  /** The connection has ended; the next one asks for all rooms. @param {number} code of the close */
  interrupt(code) {
    if (code === RATE_LIMITED && this.#return?.done === false) this.#pauseMillis = PAUSE;
    this.#return = null;
    this.#timers.clearTimeout(this.#timer);
  }

  /** @param {string[]} rooms @param {{ done: boolean }} way that this is part of */
  async #goBack(rooms, way) {
    /** @type {string[]} */
    const undecided = [];
    for (const batch of batches(rooms)) {
      if (this.#pauseMillis > 0) await this.#pause();
      const wanted = batch.filter((room) => this.#rooms.has(room));
      if (wanted.length === 0) continue;
      const outcome = await this.#joinAgain(wanted);
      if (outcome.refused.length > 0) this.#changed(outcome.refused);
      if (way !== this.#return) return;
      undecided.push(...outcome.undecided);
    }
    way.done = undecided.length === 0;
    if (way.done) return;
    this.#timer = this.#timers.setTimeout(() => this.#goBack(undecided, way), this.#backoff.delay('backoff') ?? 0);
  }

  /** Never over if the connection ends before. @returns {Promise<void>} */
  #pause() {
    return new Promise((resolve) => (this.#timer = this.#timers.setTimeout(resolve, this.#pauseMillis)));
  }

  /** @param {string[]} rooms @returns {Promise<{ refused: string[], undecided: string[] }>} */
  async #joinAgain(rooms) {
    let joined;
    try {
      joined = new Set(await this.join(rooms, /* timeout: */ Infinity));
    } catch (error) {
      if (error instanceof Failure) return { refused: [], undecided: rooms };
      // Whatever ended the connection, the next one asks again; only the server refuses, and then all of them.
      if (!(error instanceof Refusal)) return { refused: [], undecided: [] };
      joined = new Set();
    }
    const refused = rooms.filter((room) => !joined.has(room) && this.#rooms.has(room));
    refused.forEach((room) => this.#rooms.delete(room));
    return { refused, undecided: [] };
  }
}

/** @param {string[]} rooms @returns {string[][]} the same in the same order, in pieces of which each fits a request */
function batches(rooms) {
  /** @type {string[][]} */
  const all = [];
  let bytes = Infinity;
  for (const room of rooms) {
    const more = UTF8.encode(JSON.stringify(room)).length + 1;
    bytes += more;
    if (bytes > BATCH.bytes || all[all.length - 1].length === BATCH.rooms) {
      all.push([]);
      bytes = more;
    }
    all[all.length - 1].push(room);
  }
  return all;
}
