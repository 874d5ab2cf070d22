import { Verdict } from './verdict.js';

/**
 * What a {@link Connection} tells: `opened` at most once, then any number of `text`, then `ended` exactly once
 * unless it was abandoned.
 *
 * @typedef {object} ConnectionListener
 * @property {(credentials: object) => void} opened
 * @property {(text: string) => void} text
 * @property {(code: number, reason: string, retry?: import('./close-codes.js').Retry) => void} ended
 */

/** One attempt to connect and the socket that comes of it. Never opened again. */
export class Connection {
  /** What its end means; whoever reads its texts lets it hear them. */
  verdict = new Verdict();

  #listener;
  #over = false;
  /** @type {WebSocket | null} */
  #socket = null;

  /** @param {ConnectionListener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /**
   * @param {string | URL} url
   * @param {() => object | Promise<object>} credentials asked before the socket opens: then the server's clock starts
   * @param {typeof globalThis.WebSocket} WebSocket
   */
  async open(url, credentials, WebSocket) {
    let data;
    try {
      data = await credentials();
    } catch {
      return this.#end(1006, 'No credentials');
    }
    if (this.#over) return;
    this.verdict.asked(data);
    let socket;
    try {
      socket = new WebSocket(url);
    } catch (error) {
      return this.#end(1006, `${error}`, 'never'); // an address that no further attempt can mend
    }
    this.#socket = socket;
    socket.onopen = () => this.#over || this.#listener.opened(data);
    socket.onmessage = (message) => this.#over || this.#listener.text(message.data);
    socket.onclose = ({ code, reason }) => this.#end(code, reason);
  }

  /** @param {string} text */
  send(text) {
    this.#socket?.send(text);
  }

  /**
   * Closes, and falls silent at once: the server has its own time to answer the close.
   * @param {Promise<void> | null} [flushed] what still goes out before; null for nothing
   */
  abandon(flushed = null) {
    this.#over = true;
    if (flushed) flushed.then(() => this.#socket?.close(1000));
    else this.#socket?.close(1000);
  }

  /** @param {number} code @param {string} reason @param {import('./close-codes.js').Retry} [retry] */
  #end(code, reason, retry) {
    if (this.#over) return;
    this.#over = true;
    this.#listener.ended(code, reason, retry);
  }
}
