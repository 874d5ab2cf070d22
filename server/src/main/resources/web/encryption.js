/**
 * The protocol's encryption by WebCrypto: keys by ECDH on P-256 and HKDF-SHA-256, messages by AES-256-GCM.
 *
 * @typedef {object} EncryptionOptions
 * @property {string} [pin] the server's long-term public key, base64: an agreement that it did not sign is refused.
 *   Without it nobody knows with whom they agreed
 * @property {string} [info] HKDF's info; both ends must have the same
 * @property {string} [additionalData] authenticated with each message; both ends must have the same
 *
 * @typedef {{ serverPublicKey: string, salt: string, signature?: string }} Answer
 */
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const INFO = 'ignis-ecdh-p256-aes-256-gcm-v1';
const LABEL = 'roomcast-ecdh-p256-v1\0';
const FROM_SERVER = 1;
const FROM_CLIENT = 2;
const UTF8 = new TextEncoder();

/** Encryption did not come about, or a message is not what the server sent. */
export class EncryptionError extends Error {
  name = 'EncryptionError';
}

/** One end of a key agreement, with a key pair of its own that serves one connection. */
export class KeyExchange {
  #pair;
  #point;
  #options;

  /** @param {CryptoKeyPair} pair @param {Uint8Array<ArrayBuffer>} point @param {EncryptionOptions} options */
  constructor(pair, point, options) {
    this.#pair = pair;
    this.#point = point;
    this.#options = options;
  }

  /** @param {EncryptionOptions} options */
  static async begin(options) {
    if (!globalThis.crypto?.subtle) {
      throw new EncryptionError('No WebCrypto here: browsers have it on https pages and on localhost only');
    }
    const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
    return new KeyExchange(pair, new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)), options);
  }

  get publicKey() {
    return base64(this.#point);
  }

  /**
   * @param {Answer} answer of the server @param {string} clientId that the server has for us
   * @returns {Promise<SessionCipher>}
   */
  async complete(answer, clientId) {
    const server = bytes(answer.serverPublicKey);
    const salt = bytes(answer.salt);
    if (this.#options.pin !== undefined) await this.#verify(answer, server, salt, clientId);
    try {
      const peer = await crypto.subtle.importKey('raw', server, CURVE, false, []);
      const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: peer }, this.#pair.privateKey, 256);
      const input = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
      const info = UTF8.encode(this.#options.info ?? INFO);
      const kdf = { name: 'HKDF', hash: 'SHA-256', salt, info };
      const key = await crypto.subtle.deriveKey(kdf, input, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
      return new SessionCipher(key, this.#options.additionalData);
    } catch (error) {
      throw new EncryptionError(`The server's key is not acceptable: ${error}`);
    }
  }

  /** @param {Answer} answer @param {Uint8Array<ArrayBuffer>} server @param {Uint8Array<ArrayBuffer>} salt @param {string} clientId */
  async #verify({ signature }, server, salt, clientId) {
    if (signature === undefined) throw new EncryptionError('The server did not sign, and its key is pinned');
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' };
    let pinned;
    try {
      pinned = await crypto.subtle.importKey('raw', bytes(this.#options.pin), ecdsa, false, ['verify']);
    } catch (error) {
      throw new EncryptionError(`The pinned key is no public key on P-256 in base64: ${error}`);
    }
    const signed = concat(UTF8.encode(LABEL), server, this.#point, salt, UTF8.encode(clientId));
    if (!(await crypto.subtle.verify({ ...ecdsa, hash: 'SHA-256' }, pinned, bytes(signature), signed))) {
      throw new EncryptionError('Another server signed than the one that is pinned');
    }
  }
}

/**
 * Seals and opens the envelopes of one session. The server counts its messages without a gap, so that also what was
 * left out on the way shows. One call at a time for each direction.
 */
export class SessionCipher {
  #key;
  #additionalData;
  #sent = 0;
  #received = 0;

  /** @param {CryptoKey} key @param {string} [additionalData] */
  constructor(key, additionalData) {
    this.#key = key;
    this.#additionalData = additionalData === undefined ? {} : { additionalData: UTF8.encode(additionalData) };
  }

  /** @param {string} envelope @returns {Promise<{ iv: string, ct: string }>} */
  async seal(envelope) {
    this.#sent += 1;
    const iv = initializationVector(FROM_CLIENT, this.#sent);
    return { iv: base64(iv), ct: base64(await crypto.subtle.encrypt(this.#gcm(iv), this.#key, UTF8.encode(envelope))) };
  }

  /** @param {{ iv?: string, ct?: string } | undefined} data @returns {Promise<string>} the envelope */
  async open(data) {
    const iv = initializationVector(FROM_SERVER, this.#received + 1);
    if (data?.iv !== base64(iv)) throw new EncryptionError('A message came again, out of order, or after one that is missing');
    let envelope;
    try {
      envelope = await crypto.subtle.decrypt(this.#gcm(iv), this.#key, bytes(data.ct));
    } catch {
      throw new EncryptionError('A message is not what the server sent');
    }
    this.#received += 1;
    return new TextDecoder().decode(envelope);
  }

  /** @param {Uint8Array<ArrayBuffer>} iv */
  #gcm(iv) {
    return { name: 'AES-GCM', iv, tagLength: 128, ...this.#additionalData };
  }
}

/** One byte of direction, three zeros, a counter of eight bytes. @param {number} direction @param {number} counter */
function initializationVector(direction, counter) {
  const iv = new Uint8Array(12);
  const fields = new DataView(iv.buffer);
  fields.setUint8(0, direction);
  fields.setBigUint64(4, BigInt(counter));
  return iv;
}

/** @param {string | undefined} text @returns {Uint8Array<ArrayBuffer>} */
function bytes(text) {
  try {
    return Uint8Array.from(atob(text ?? '*'), (char) => char.charCodeAt(0));
  } catch {
    throw new EncryptionError('What came is not base64');
  }
}

/** @param {Uint8Array | ArrayBuffer} data */
function base64(data) {
  const all = new Uint8Array(data);
  let chars = '';
  // In pieces, because a call takes only so many arguments.
  for (let at = 0; at < all.length; at += 8192) chars += String.fromCharCode(...all.subarray(at, at + 8192));
  return btoa(chars);
}

/** @param {...Uint8Array} parts */
function concat(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
