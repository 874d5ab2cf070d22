import { Refusal } from './requests.js';

/** Rooms in one request when going back: 100 of the longest names stay well below the server's 128 KiB. */
const BATCH = 100;

/**
 * @typedef {(event: 'join' | 'leave', rooms: string[], timeout?: number) => Promise<string[]>} Ask
 *   sends the request and yields the rooms of its answer
 */

/** The rooms we joined and did not leave, which outlive a connection: after a reconnect we go back to them. */
export class Memberships {
  #ask;
  #changed;
  /** @type {Set<string>} */
  #rooms;
  /** @type {Set<Set<string>>} what each unanswered join may still bring; a later leave takes its rooms out */
  #joining = new Set();

  /**
   * @param {Iterable<string>} rooms
   * @param {Ask} ask
   * @param {(refused: string[]) => void} changed
   */
  constructor(rooms, ask, changed) {
    this.#rooms = new Set(rooms);
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

  /** Goes back to all rooms on a new connection; those that the server refuses this time are forgotten. */
  async restore() {
    const rooms = this.rooms;
    const batches = [];
    for (let at = 0; at < rooms.length; at += BATCH) batches.push(this.#restore(rooms.slice(at, at + BATCH)));
    const refused = (await Promise.all(batches)).flat();
    if (refused.length > 0) this.#changed(refused);
  }

  /** @param {string[]} rooms @returns {Promise<string[]>} those that were refused */
  async #restore(rooms) {
    let joined;
    try {
      joined = new Set(await this.join(rooms, /* timeout: */ Infinity));
    } catch (error) {
      // Whatever ended the connection, the next one asks again; only the server refuses, and then all of them.
      if (!(error instanceof Refusal)) return [];
      joined = new Set();
    }
    const refused = rooms.filter((room) => !joined.has(room) && this.#rooms.has(room));
    refused.forEach((room) => this.#rooms.delete(room));
    return refused;
  }
}
