import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agree, fromBase64, longTermKey, toBase64, until } from './fake-server.js';
import { rig } from './fakes.js';

const CONNECTED = { id: 'c1', userId: 'ann', time: '2026-01-31T12:00:00.000Z' };

/** A client that encrypts, as far as its `authenticate`. */
async function opened(encryption = true, options = {}) {
  const parts = rig({ encryption, ...options });
  const session = parts.client.connect();
  session.catch(() => {});
  await until(() => parts.sockets.length === 1);
  const [socket] = parts.sockets;
  socket.opens();
  const frames = [];
  parts.client.onframe = (direction, text, meant) => frames.push({ direction, text, meant });
  return { ...parts, socket, session, frames, publicKey: socket.last.data.publicKey };
}

/** As {@link opened}, and admitted by a server that requires encryption. */
async function encrypted({ encryption, server, ...options } = {}) {
  const parts = await opened(encryption, options);
  const { answer, cipher } = await agree(parts.publicKey, server);
  parts.socket.says({ event: 'connected', data: { ...CONNECTED, ...answer } });
  await parts.session;
  return { ...parts, cipher, answer };
}

/** The reason why the client ends. */
async function ending({ closes }) {
  await until(() => closes.length > 0);
  return closes[0];
}

test('sends a key on the curve with its credentials, another for each connection', async () => {
  const first = await opened();
  const second = await opened();
  assert.equal(fromBase64(first.publicKey).length, 65);
  assert.equal(fromBase64(first.publicKey)[0], 4);
  assert.notEqual(first.publicKey, second.publicKey);
  assert.equal(first.socket.last.data.token, 'ann');
});

test('sends no key where it is not told to encrypt', async () => {
  const { publicKey } = await opened(false);
  assert.equal(publicKey, undefined);
});

test('encrypts both ways from `connected` on', async () => {
  const { client, socket, cipher } = await encrypted();
  assert.equal(client.state, 'authenticated');
  assert.equal(client.encrypted, true);
  const heard = [];
  client.on('news', (data) => heard.push(data));
  socket.says(await cipher.seal({ event: 'news', data: 'é€😀' }));
  await until(() => heard.length === 1);
  assert.deepEqual(heard, ['é€😀']);
  client.send('chat', { text: 'hello' });
  await until(() => socket.sent.length === 2);
  assert.deepEqual(await cipher.open(socket.last), { event: 'chat', data: { text: 'hello' } });
});

test('answers requests by what comes encrypted', async () => {
  const { client, socket, cipher } = await encrypted();
  const joined = client.join('lobby');
  await until(() => socket.sent.length === 2);
  const { id } = await cipher.open(socket.last);
  socket.says(await cipher.seal({ event: 'join', data: { rooms: ['lobby'] }, id }));
  assert.deepEqual(await joined, ['lobby']);
});

test('sends heartbeats encrypted', async () => {
  const { client, socket, cipher, timers } = await encrypted();
  const heard = new Promise((resolve) => client.on('news', resolve));
  socket.says(await cipher.seal({ event: 'news' }));
  await heard;
  await timers.advance(30_000);
  await until(() => socket.sent.length === 2);
  assert.deepEqual(await cipher.open(socket.last), { event: 'heartbeat' });
});

test('keeps the order of what it sends and hears', async () => {
  const { client, socket, cipher } = await encrypted();
  const heard = [];
  client.on('n', (data) => heard.push(data.n));
  for (let n = 0; n < 200; n += 1) {
    client.send('n', { n, filling: 'x'.repeat((n * 7919) % 20_000) });
    socket.says(await cipher.seal({ event: 'n', data: { n, filling: 'x'.repeat((n * 7919) % 20_000) } }));
  }
  await until(() => heard.length === 200 && socket.sent.length === 201);
  assert.deepEqual(heard, [...Array(200).keys()]);
  for (let n = 0; n < 200; n += 1) assert.equal((await cipher.open(socket.sent[n + 1])).data.n, n);
});

test('hears what is encrypted right behind `connected`', async () => {
  const parts = await opened();
  const { answer, cipher } = await agree(parts.publicKey);
  const heard = [];
  parts.client.on('news', (data) => heard.push(data));
  parts.socket.says({ event: 'connected', data: { ...CONNECTED, ...answer } });
  parts.socket.says(await cipher.seal({ event: 'news', data: 1 }));
  await until(() => heard.length === 1);
});

test('shakes hands where the server leaves encryption to its clients', async () => {
  const { client, socket, session, publicKey } = await opened();
  socket.says({ event: 'connected', data: CONNECTED });
  await until(() => socket.sent.length === 2);
  assert.deepEqual(socket.last, { event: 'handshake', data: { publicKey }, id: 'handshake' });
  assert.equal(client.state, 'authenticating');
  const { answer, cipher } = await agree(publicKey);
  socket.says({ event: 'handshake-complete', data: answer, id: 'handshake' });
  assert.equal((await session).id, 'c1');
  client.send('chat', 1);
  await until(() => socket.sent.length === 3);
  assert.deepEqual(await cipher.open(socket.last), { event: 'chat', data: 1 });
});

test('takes nothing in the clear between being admitted and the handshake', async () => {
  const { client, socket, session, publicKey } = await opened();
  const heard = [];
  client.on('news', (data) => heard.push(data));
  socket.says({ event: 'connected', data: CONNECTED });
  socket.says({ event: 'news', data: 'from anybody' });
  const { answer, cipher } = await agree(publicKey);
  socket.says({ event: 'handshake-complete', data: answer, id: 'handshake' });
  socket.says(await cipher.seal({ event: 'news', data: 'from the server' }));
  await session;
  await until(() => heard.length > 0);
  assert.deepEqual(heard, ['from the server']);
});

test('does not stay where the server refuses to encrypt', async () => {
  const parts = await opened();
  parts.socket.says({ event: 'connected', data: CONNECTED });
  parts.socket.says({ event: 'error', data: { message: 'Encryption handshake failed' }, id: 'handshake' });
  assert.deepEqual(await ending(parts), {
    code: 4004,
    reason: 'The server does not encrypt: Encryption handshake failed',
    retryMillis: null,
  });
  await assert.rejects(parts.session, { closeCode: 4004 });
  assert.equal(parts.client.state, 'disconnected');
});

test('comes back with other keys where the server could not go on encrypting', async () => {
  const parts = await encrypted();
  parts.socket.closes(4004, 'Encryption required');
  assert.deepEqual(await ending(parts), { code: 4004, reason: 'Encryption required', retryMillis: 500 });
});

test('hears the last word before a close also where it is encrypted', async () => {
  const parts = await encrypted();
  parts.socket.says(await parts.cipher.seal({ event: 'error', data: { message: 'Authentication error' } }));
  parts.socket.closes(4003, 'Authentication failed');
  assert.equal((await ending(parts)).retryMillis, 500);
});

for (const [what, change] of Object.entries({
  'a point that is not on the curve': (answer) => ({ ...answer, serverPublicKey: toBase64(Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)])) }),
  'a point that is cut': (answer) => ({ ...answer, serverPublicKey: answer.serverPublicKey.slice(0, 40) }),
  'a key that is not base64': (answer) => ({ ...answer, serverPublicKey: '%%%' }),
  'no salt': ({ salt, ...answer }) => answer,
})) {
  test(`refuses ${what}`, async () => {
    const parts = await opened();
    const { answer } = await agree(parts.publicKey);
    parts.socket.says({ event: 'connected', data: { ...CONNECTED, ...change(answer) } });
    const { code, retryMillis } = await ending(parts);
    assert.equal(code, 4004);
    assert.equal(retryMillis, null);
  });
}

test('ends where a message comes in the clear', async () => {
  const parts = await encrypted();
  const heard = [];
  parts.client.on('news', (data) => heard.push(data));
  parts.socket.says({ event: 'news', data: 'from anybody' });
  assert.equal((await ending(parts)).reason, 'A message came in the clear');
  assert.deepEqual(heard, []);
});

test('tries again after a message that was changed', async () => {
  const parts = await encrypted();
  const sealed = await parts.cipher.seal({ event: 'news', data: 1 });
  const ct = fromBase64(sealed.data.ct);
  ct[3] ^= 1;
  parts.socket.says({ ...sealed, data: { ...sealed.data, ct: toBase64(ct) } });
  assert.deepEqual(await ending(parts), { code: 4004, reason: 'A message is not what the server sent', retryMillis: 500 });
  assert.equal(parts.socket.closedWith, 1000);
});

for (const [what, counters] of Object.entries({ replayed: [1, 1], 'out of order': [2], missing: [1, 3] })) {
  test(`ends where a message is ${what}`, async () => {
    const parts = await encrypted();
    for (const counter of counters) parts.socket.says(await parts.cipher.seal({ event: 'n' }, counter));
    assert.match((await ending(parts)).reason, /came again, out of order, or after one that is missing/);
  });
}

test('ends where its own message is sent back', async () => {
  const parts = await encrypted();
  parts.client.send('chat', 1);
  await until(() => parts.socket.sent.length === 2);
  parts.socket.says(parts.socket.last);
  assert.match((await ending(parts)).reason, /came again/);
});

test('agrees with the server that it pins', async () => {
  const signer = await longTermKey();
  const { client } = await encrypted({ encryption: { pin: signer.pin }, server: { signer } });
  assert.equal(client.state, 'authenticated');
});

test('agrees with no server that did not sign', async () => {
  const { pin } = await longTermKey();
  const parts = await opened({ pin });
  const { answer } = await agree(parts.publicKey);
  parts.socket.says({ event: 'connected', data: { ...CONNECTED, ...answer } });
  assert.equal((await ending(parts)).reason, 'The server did not sign, and its key is pinned');
});

for (const [what, forge] of Object.entries({
  'another server': async (publicKey) => agree(publicKey, { signer: await longTermKey() }),
  'for another client': async (publicKey, signer) => agree(publicKey, { signer, clientId: 'c2' }),
  'another key of the client': async (publicKey, signer) => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
    return agree(toBase64(await crypto.subtle.exportKey('raw', pair.publicKey)), { signer });
  },
  'another salt': async (publicKey, signer) => {
    const { answer } = await agree(publicKey, { signer });
    return { answer: { ...answer, salt: toBase64(Buffer.alloc(32)) } };
  },
})) {
  test(`agrees on nothing that was signed by or for ${what}`, async () => {
    const signer = await longTermKey();
    const parts = await opened({ pin: signer.pin });
    const { answer } = await forge(parts.publicKey, signer);
    parts.socket.says({ event: 'connected', data: { ...CONNECTED, ...answer } });
    assert.deepEqual(await ending(parts), {
      code: 4004,
      reason: 'Another server signed than the one that is pinned',
      retryMillis: null,
    });
    assert.equal(parts.socket.sent.length, 1);
  });
}

test('says so where what is pinned is no key', async () => {
  const signer = await longTermKey();
  const parts = await opened({ pin: 'AAAA' });
  const { answer } = await agree(parts.publicKey, { signer });
  parts.socket.says({ event: 'connected', data: { ...CONNECTED, ...answer } });
  assert.match((await ending(parts)).reason, /^The pinned key is no public key on P-256 in base64/);
});

test('takes info and additional data of the application', async () => {
  const shared = { info: 'chat-v2', additionalData: 'é room' };
  const { client, socket, cipher } = await encrypted({ encryption: shared, server: shared });
  client.send('chat', 1);
  await until(() => socket.sent.length === 2);
  assert.deepEqual(await cipher.open(socket.last), { event: 'chat', data: 1 });
});

test('understands nothing where additional data differ', async () => {
  const parts = await encrypted({ encryption: { additionalData: 'a' }, server: { additionalData: 'b' } });
  parts.socket.says(await parts.cipher.seal({ event: 'n' }));
  assert.equal((await ending(parts)).reason, 'A message is not what the server sent');
});

test('shows what travelled beside what it meant', async () => {
  const { client, socket, cipher, frames } = await encrypted();
  client.send('chat', 'hello');
  socket.says(await cipher.seal({ event: 'news', data: 1 }));
  await until(() => frames.length === 3);
  const [connected, ...others] = frames;
  assert.equal(connected.meant, undefined);
  for (const { text } of others) assert.equal(JSON.parse(text).event, 'encrypted');
  assert.deepEqual(
    Object.fromEntries(others.map(({ direction, meant }) => [direction, meant])),
    { out: '{"event":"chat","data":"hello"}', in: '{"event":"news","data":1}' },
  );
});

test('sends what was said before it closes', async () => {
  const { client, socket, cipher } = await encrypted();
  client.send('chat', 'last words');
  client.close();
  await until(() => socket.closedWith === 1000);
  assert.deepEqual(await cipher.open(socket.last), { event: 'chat', data: 'last words' });
});

test('hears what came before the end', async () => {
  const parts = await encrypted();
  const heard = [];
  parts.client.on('news', (data) => heard.push(data));
  parts.socket.says(await parts.cipher.seal({ event: 'news', data: 'last words' }));
  parts.socket.closes(4007, 'signed out');
  assert.equal((await ending(parts)).code, 4007);
  assert.deepEqual(heard, ['last words']);
});

test('has other keys after it came back', async () => {
  const { client, sockets, socket, timers, cipher } = await encrypted();
  socket.closes(1006);
  await until(() => client.state === 'waiting');
  await timers.advance(500);
  await until(() => sockets.length === 2);
  sockets[1].opens();
  const { answer, cipher: next } = await agree(sockets[1].last.data.publicKey, { clientId: 'c2' });
  sockets[1].says({ event: 'connected', data: { ...CONNECTED, id: 'c2', ...answer } });
  await until(() => client.state === 'authenticated');
  client.send('chat', 1);
  await until(() => sockets[1].sent.length === 2);
  assert.deepEqual(await next.open(sockets[1].last), { event: 'chat', data: 1 });
  await assert.rejects(cipher.open(sockets[1].last));
});

test('says why it cannot encrypt on a page that is not secure', async () => {
  const real = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
  try {
    const parts = rig({ encryption: true });
    await assert.rejects(parts.client.connect(), /https pages and on localhost only/);
    assert.equal(parts.sockets.length, 0);
  } finally {
    Object.defineProperty(globalThis, 'crypto', real);
  }
});
