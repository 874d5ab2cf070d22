/** The server's end of the protocol's encryption, written apart from the client's. */
const P256 = { name: 'ECDH', namedCurve: 'P-256' };
const { subtle } = globalThis.crypto;

export const toBase64 = (data) => Buffer.from(data).toString('base64');
export const fromBase64 = (text) => Buffer.from(text, 'base64');

/** A key pair that a client may pin. */
export async function longTermKey() {
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  return { pair, pin: toBase64(await subtle.exportKey('raw', pair.publicKey)) };
}

/** Agrees on a key with the client that sent `publicKey`; what it answers, and the cipher. */
export async function agree(publicKey, { clientId = 'c1', signer, info = 'ignis-ecdh-p256-aes-256-gcm-v1', additionalData } = {}) {
  const pair = await subtle.generateKey(P256, true, ['deriveBits']);
  const point = Buffer.from(await subtle.exportKey('raw', pair.publicKey));
  const salt = Buffer.from(crypto.getRandomValues(new Uint8Array(32)));
  const peer = await subtle.importKey('raw', fromBase64(publicKey), P256, false, []);
  const secret = await subtle.deriveBits({ name: 'ECDH', public: peer }, pair.privateKey, 256);
  const input = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const kdf = { name: 'HKDF', hash: 'SHA-256', salt, info: Buffer.from(info) };
  const bits = await subtle.deriveBits(kdf, input, 256);
  const key = await subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const answer = { serverPublicKey: toBase64(point), salt: toBase64(salt) };
  if (signer) {
    const signed = Buffer.concat([Buffer.from('roomcast-ecdh-p256-v1\0'), point, fromBase64(publicKey), salt, Buffer.from(clientId)]);
    answer.signature = toBase64(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signer.pair.privateKey, signed));
  }
  return { answer, cipher: new ServerCipher(key, additionalData) };
}

function iv(direction, counter) {
  const bytes = Buffer.alloc(12);
  bytes[0] = direction;
  bytes.writeBigUInt64BE(BigInt(counter), 4);
  return bytes;
}

export class ServerCipher {
  sent = 0;
  received = 0;

  constructor(key, additionalData) {
    this.key = key;
    this.parameters = additionalData === undefined ? {} : { additionalData: Buffer.from(additionalData) };
  }

  async seal(envelope, counter = (this.sent += 1), direction = 1) {
    const nonce = iv(direction, counter);
    const ct = await subtle.encrypt({ name: 'AES-GCM', iv: nonce, ...this.parameters }, this.key, Buffer.from(JSON.stringify(envelope)));
    return { event: 'encrypted', data: { iv: toBase64(nonce), ct: toBase64(ct) } };
  }

  /** What a client sent, which must be the next of its direction. */
  async open({ event, data }) {
    if (event !== 'encrypted') throw new Error(`in the clear: ${event}`);
    const nonce = iv(2, (this.received += 1));
    if (data.iv !== toBase64(nonce)) throw new Error(`IV ${data.iv}, expected ${toBase64(nonce)}`);
    return JSON.parse(Buffer.from(await subtle.decrypt({ name: 'AES-GCM', iv: nonce, ...this.parameters }, this.key, fromBase64(data.ct))));
  }
}

/** Waits for what WebCrypto does on threads of its own. */
export async function until(condition) {
  for (let turn = 0; turn < 10_000; turn += 1) {
    if (condition()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`never: ${condition}`);
}
