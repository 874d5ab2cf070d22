import { Failure, Refusal } from './requests.js';

/** Rooms in one request when going back: 100 of the longest names stay well below the server's 128 KiB. */
const BATCH = 100;

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
  /** @type {object | null} the way back to the rooms, from a connection's begin to its end */
  #return = null;
  /** @type {any} until what the server could not decide on is asked again */
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
   * Goes back to all rooms on a new connection. Those that the server refuses this time are forgotten; where it failed
   * to decide it is asked again, after a pause that grows.
   */
  restore() {
    this.interrupt();
    this.#backoff.reset();
    this.#goBack(this.rooms, (this.#return = {}));
  }

  /** The connection has ended; the next one asks for all rooms. */
  interrupt() {
    this.#return = null;
    this.#timers.clearTimeout(this.#timer);
  }

  /** @param {string[]} rooms @param {object} way that this is part of */
  async #goBack(rooms, way) {
    const batches = [];
    for (let at = 0; at < rooms.length; at += BATCH) batches.push(this.#joinAgain(rooms.slice(at, at + BATCH)));
    const outcomes = await Promise.all(batches);
    const refused = outcomes.flatMap((outcome) => outcome.refused);
    const undecided = outcomes.flatMap((outcome) => outcome.undecided);
    if (refused.length > 0) this.#changed(refused);
    if (undecided.length === 0 || way !== this.#return) return;
    const again = () => this.#goBack(undecided.filter((room) => this.#rooms.has(room)), way);
    this.#timer = this.#timers.setTimeout(again, this.#backoff.delay('backoff') ?? 0);
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
