import { closeCode } from './close-codes.js';

/** @typedef {import('./close-codes.js').Retry} Retry */

/**
 * What the server says before a 4003 where nobody refused this client: its application threw, or some session of the
 * same user has to end first, be it one of ours whose end the server has not noticed yet.
 *
 * @type {ReadonlyMap<string | null, Retry>}
 */
const NO_REFUSAL = new Map([
  ['Authentication error', 'backoff'],
  ['Too many sessions', 'later'],
]);

/**
 * Whether a close by the server is the end, for one connection. Most codes say so by themselves (close-codes.js); two
 * stand for a decision as well as for a failure, and what came before tells them apart.
 */
export class Verdict {
  #sentKey = false;
  #admitted = false;
  /** @type {string | null} the message of the `error` that was the last to come; nothing comes between it and its close */
  #lastWord = null;

  /** @param {any} credentials that the server gets */
  asked(credentials) {
    this.#sentKey = credentials?.publicKey !== undefined;
  }

  /** @param {import('./types.js').Envelope} envelope */
  heard({ event, data }) {
    this.#lastWord = event === 'error' ? (data?.message ?? null) : null;
    if (event === 'connected') this.#admitted = true;
  }

  /** @param {number} code of the close @returns {Retry} */
  on(code) {
    if (code === 4003) return NO_REFUSAL.get(this.#lastWord) ?? closeCode(code).retry;
    // Encryption that ends had come about, and will again. That a key was of no use may be for ever, or not.
    if (code === 4004 && this.#admitted) return 'backoff';
    if (code === 4004 && this.#sentKey) return 'later';
    return closeCode(code).retry;
  }
}
