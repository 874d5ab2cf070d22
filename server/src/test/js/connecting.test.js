import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected, rig, settled } from './fakes.js';

test('authenticates as soon as the socket is open', async () => {
  const { client, sockets, states } = rig({ token: 'secret' });
  const session = client.connect();
  await settled();
  sockets[0].opens();
  assert.deepEqual(sockets[0].sent, [{ event: 'authenticate', data: { type: 'Bearer', token: 'secret' } }]);
  sockets[0].says({ event: 'connected', data: { id: 'c1', userId: 'ann', time: 't' } });
  assert.deepEqual(await session, { id: 'c1', userId: 'ann', time: 't' });
  assert.deepEqual(states, ['connecting', 'authenticating', 'authenticated']);
});

test('sends whatever credentials it is given in place of a token', async () => {
  const { client, sockets } = rig({ credentials: async () => ({ type: 'Basic', user: 'u' }) });
  client.connect();
  await settled();
  assert.deepEqual(sockets[0].opens().last.data, { type: 'Basic', user: 'u' });
});

test('has the token before it opens the socket', async () => {
  let yieldToken;
  const { client, sockets } = rig({ token: () => new Promise((resolve) => (yieldToken = resolve)) });
  client.connect();
  await settled();
  assert.equal(sockets.length, 0);
  yieldToken('late');
  await settled();
  assert.equal(sockets[0].opens().last.data.token, 'late');
});

test('asks for a fresh token at each attempt', async () => {
  let asked = 0;
  const { sockets, socket, timers } = await connected({ token: () => `token-${(asked += 1)}` });
  socket.closes(4008, 'Authentication expired');
  await timers.advance(500);
  assert.equal(sockets[1].opens().last.data.token, 'token-2');
});

test('tries again when there was no token to be had', async () => {
  const outcomes = [Promise.reject(new Error('offline')), 'second'];
  const { client, sockets, timers, closes } = rig({ token: () => outcomes.shift() });
  client.connect();
  await settled();
  assert.deepEqual(closes, [{ code: 1006, reason: 'No credentials', retryMillis: 500 }]);
  await timers.advance(500);
  assert.equal(sockets[0].opens().last.data.token, 'second');
});

test('rejects connect when it is refused, and does not try again', async () => {
  const { client, sockets, timers, closes } = rig();
  const session = client.connect();
  await settled();
  sockets[0].opens().says({ event: 'error', data: { message: 'Authentication failed' } });
  sockets[0].closes(4003, 'Authentication failed');
  await assert.rejects(session, { name: 'RoomcastError', closeCode: 4003 });
  assert.equal(client.state, 'disconnected');
  assert.deepEqual(closes, [{ code: 4003, reason: 'Authentication failed', retryMillis: null }]);
  assert.equal(timers.count, 0);
});

/** A client whose way in the server ends in these words, with this code. */
async function turnedAway(options, code, ...words) {
  const parts = rig(options);
  parts.client.connect().catch(() => {});
  await settled();
  parts.sockets[0].opens();
  for (const message of words) parts.sockets[0].says({ event: 'error', data: { message } });
  parts.sockets[0].closes(code);
  return parts;
}

test('tries again where the server failed to authenticate', async () => {
  const { client, sockets, timers, closes } = await turnedAway({}, 4003, 'Authentication error');
  assert.equal(client.state, 'waiting');
  assert.equal(closes[0].retryMillis, 500);
  await timers.advance(500);
  sockets[1].opens().closes(4003);
  assert.equal(client.state, 'disconnected', 'what an earlier connection said is forgotten');
});

test('is refused by the last word before the close', async () => {
  const { closes } = await turnedAway({}, 4003, 'Authentication error', 'Authentication failed');
  assert.equal(closes[0].retryMillis, null);
});

test('takes the last word for nothing before another close', async () => {
  const { closes } = await turnedAway({}, 1011, 'Too many sessions');
  assert.equal(closes[0].retryMillis, 500);
});

test('tries again later where its user has too many sessions', async () => {
  const { closes } = await turnedAway({}, 4003, 'Too many sessions');
  assert.ok(closes[0].retryMillis >= 15_000);
});

test('stays away where encryption is required and it sent no key', async () => {
  const { closes } = await turnedAway({}, 4004, 'Encryption handshake failed');
  assert.equal(closes[0].retryMillis, null);
});

test('tries again later where the handshake failed on the key that it sent', async () => {
  const { closes } = await turnedAway({ credentials: () => ({ publicKey: 'k' }) }, 4004, 'Encryption handshake failed');
  assert.ok(closes[0].retryMillis >= 15_000);
});

test('resolves connect at the attempt that succeeds', async () => {
  const { client, sockets, timers } = rig();
  const session = client.connect();
  await settled();
  sockets[0].closes(1006);
  await timers.advance(500);
  sockets[1].admits('c2');
  assert.equal((await session).id, 'c2');
});

test('gives up an attempt that is not admitted in time', async () => {
  const { client, sockets, timers, closes } = rig({ connectTimeout: 20_000 });
  client.connect();
  await settled();
  sockets[0].opens();
  await timers.advance(20_000);
  assert.deepEqual(closes, [{ code: 1006, reason: 'No answer', retryMillis: 500 }]);
  assert.equal(sockets[0].closedWith, 1000);
});

test('ends for good at an address that no attempt can mend', async () => {
  class Refusing {
    constructor() {
      throw new SyntaxError('no such scheme');
    }
  }
  const { client, timers } = rig({ WebSocket: Refusing });
  await assert.rejects(client.connect(), /no such scheme/);
  assert.equal(client.state, 'disconnected');
  assert.equal(timers.count, 0);
});

test('opens one socket however often connect is called', async () => {
  const { client, sockets } = rig();
  const sessions = [client.connect(), client.connect()];
  await settled();
  sockets[0].admits();
  await Promise.all([...sessions, client.connect()]);
  assert.equal(sockets.length, 1);
});

test('opens no socket when it is closed while it waits for the token', async () => {
  const { client, sockets } = rig();
  const session = client.connect();
  client.close();
  await assert.rejects(session, { closeCode: 1000 });
  await settled();
  assert.equal(sockets.length, 0);
});

test('sends heartbeats only while authenticated', async () => {
  const { client, sockets, timers } = rig();
  client.connect();
  await settled();
  sockets[0].opens();
  await timers.advance(19_000);
  assert.equal(sockets[0].last.event, 'authenticate');
  sockets[0].says({ event: 'connected', data: { id: 'c1' } });
  for (let beat = 0; beat < 3; beat += 1) {
    sockets[0].says({ event: 'news' });
    await timers.advance(30_000);
  }
  const beats = sockets[0].sent.filter(({ event }) => event === 'heartbeat');
  assert.deepEqual(beats, [{ event: 'heartbeat' }, { event: 'heartbeat' }, { event: 'heartbeat' }]);
  client.close();
  await timers.advance(90_000);
  assert.equal(sockets[0].sent.length, 4);
});
