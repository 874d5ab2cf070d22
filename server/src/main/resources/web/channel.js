/**
 * Between envelopes and the texts that travel, for one connection: in the clear, or encrypted.
 *
 * What a channel calls: `send` with each text that goes out, `received` with each envelope that came in, in order;
 * `frame` with each text as it travelled and, where that was encrypted, what it meant; `failed` once, when the
 * channel cannot go on and the connection must end.
 *
 * @typedef {object} ChannelListener
 * @property {(text: string) => void} send
 * @property {(envelope: import('./types.js').Envelope) => void} received
 * @property {(direction: 'in' | 'out', text: string, meant?: string) => void} frame
 * @property {(reason: string, retry: import('./close-codes.js').Retry) => void} failed
 */
import { EncryptionError, KeyExchange } from './encryption.js';

/** Texts are what they mean. */
export class PlainChannel {
  #listener;

  /** @param {ChannelListener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** @param {object} data of `authenticate` @returns {Promise<object>} the same with what this channel adds */
  async credentials(data) {
    return data;
  }

  /** @param {import('./types.js').Envelope} envelope */
  transmit(envelope) {
    const text = JSON.stringify(envelope);
    this.#listener.frame('out', text);
    this.#listener.send(text);
  }

  /** @param {string} text one JSON object; anything else is a fault of the server, and the exception shows it */
  receive(text) {
    this.#listener.frame('in', text);
    this.#listener.received(JSON.parse(text));
  }

  /** The connection has ended by the other side. @param {() => void} then after all that came */
  ended(then) {
    then();
  }

  /** What comes is of no interest any more. @returns {Promise<void> | null} when all went out; null: it has */
  abandon() {
    return null;
  }
}

/** The id of our `handshake`, where the server leaves encryption to its clients; requests count from 1. */
const HANDSHAKE = 'handshake';

/**
 * Nothing but the way in is in the clear: `connected` is passed on when keys are agreed, and from then on everything
 * is encrypted. Before that nothing but `error` gets through, since it might be anybody's; what a server sends in the
 * clear between admitting us and answering our `handshake` is dropped, as if it had admitted us only then. After
 * it, anything that is not encrypted ends the connection.
 */
export class EncryptedChannel {
  #listener;
  #options;
  /** @type {KeyExchange | null} */
  #exchange = null;
  /** @type {import('./encryption.js').SessionCipher | null} */
  #cipher = null;
  /** @type {import('./types.js').Envelope | null} `connected`, as long as it waits for keys */
  #connected = null;
  #deaf = false;
  #failed = false;
  /** WebCrypto answers when it likes; these keep the order of what goes out and comes in. */
  #outbound = Promise.resolve();
  #inbound = Promise.resolve();

  /** @param {import('./encryption.js').EncryptionOptions} options @param {ChannelListener} listener */
  constructor(options, listener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** @param {object} data of `authenticate` @returns {Promise<object>} the same with our public key */
  async credentials(data) {
    try {
      this.#exchange = await KeyExchange.begin(this.#options);
    } catch (error) {
      this.#fail(error);
      throw error;
    }
    return { ...data, publicKey: this.#exchange.publicKey };
  }

  /** @param {import('./types.js').Envelope} envelope */
  transmit(envelope) {
    const meant = JSON.stringify(envelope);
    const cipher = this.#cipher;
    if (!cipher) {
      this.#listener.frame('out', meant);
      this.#listener.send(meant);
      return;
    }
    this.#outbound = this.#next(this.#outbound, async () => {
      const text = JSON.stringify({ event: 'encrypted', data: await cipher.seal(meant) });
      if (this.#failed) return;
      this.#listener.frame('out', text, meant);
      this.#listener.send(text);
    });
  }

  /** @param {string} text */
  receive(text) {
    this.#inbound = this.#next(this.#inbound, async () => {
      if (this.#deaf) return;
      await (this.#cipher ? this.#open(this.#cipher, text) : this.#greeting(text));
    });
  }

  /** The connection has ended by the other side. @param {() => void} then after all that came */
  ended(then) {
    this.#inbound = this.#next(this.#inbound, async () => {
      if (!this.#deaf) then();
    });
  }

  /** What comes is of no interest any more. @returns {Promise<void> | null} when all went out; null: it has */
  abandon() {
    this.#deaf = true;
    return this.#outbound;
  }

  /** @param {Promise<void>} before @param {() => Promise<void>} step @returns {Promise<void>} never rejected */
  async #next(before, step) {
    await before;
    if (this.#failed) return;
    try {
      await step();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @param {unknown} error */
  #fail(error) {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#deaf) return;
    // Keys that did not come about would not the next time either; a message that was changed may have been chance.
    this.#listener.failed(error instanceof Error ? error.message : String(error), this.#cipher ? 'backoff' : 'never');
  }

  /** @param {import('./encryption.js').SessionCipher} cipher @param {string} text */
  async #open(cipher, text) {
    const { event, data } = JSON.parse(text);
    if (event !== 'encrypted') {
      this.#listener.frame('in', text);
      throw new EncryptionError('A message came in the clear');
    }
    const meant = await cipher.open(data);
    if (this.#deaf) return;
    this.#listener.frame('in', text, meant);
    this.#listener.received(JSON.parse(meant));
  }

  /** What comes before keys are agreed. @param {string} text */
  async #greeting(text) {
    this.#listener.frame('in', text);
    /** @type {import('./types.js').Envelope} */
    const envelope = JSON.parse(text);
    const { event, data, id } = envelope;
    if (event === 'connected' && !this.#connected) {
      this.#connected = envelope;
      if (data.serverPublicKey !== undefined) return this.#agree(data);
      this.transmit({ event: 'handshake', data: { publicKey: this.#exchange?.publicKey }, id: HANDSHAKE });
    } else if (event === 'handshake-complete' && id === HANDSHAKE) {
      return this.#agree(data);
    } else if (event === 'error' && id === HANDSHAKE) {
      throw new EncryptionError(`The server does not encrypt: ${data.message}`);
    } else if (event === 'error') {
      this.#listener.received(envelope);
    }
  }

  /** @param {import('./encryption.js').Answer} answer */
  async #agree(answer) {
    const connected = this.#connected;
    if (!connected || !this.#exchange) throw new EncryptionError('The server agreed on keys before it admitted us');
    const cipher = await this.#exchange.complete(answer, connected.data.id);
    if (this.#deaf) return;
    this.#cipher = cipher;
    this.#exchange = null;
    this.#listener.received(connected);
  }
}
