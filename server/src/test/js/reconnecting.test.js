import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSE_CODES } from '../../main/resources/web/close-codes.js';
import { connected, rig, settled } from './fakes.js';

const AGAIN = [1001, 1002, 1005, 1006, 1007, 1009, 1011, 4001, 4002, 4004, 4005, 4006, 4008];
const FINAL = [1000, 1008, 4003, 4007];

test('decides on every close code it lists', () => {
  assert.deepEqual([...AGAIN, ...FINAL].sort(), Object.keys(CLOSE_CODES).map(Number).sort());
});

for (const code of [...AGAIN, 1012, 4999]) {
  test(`tries again after ${code}`, async () => {
    const { client, socket, sockets, timers, closes } = await connected();
    socket.closes(code);
    assert.equal(client.state, 'waiting');
    await timers.advance(closes[0].retryMillis);
    assert.equal(sockets.length, 2);
  });
}

for (const code of FINAL) {
  test(`stays away after ${code}`, async () => {
    const { client, socket, sockets, timers } = await connected();
    socket.closes(code, 'reason');
    assert.equal(client.state, 'disconnected');
    await timers.advance(3_600_000);
    assert.equal(sockets.length, 1);
  });
}

for (const [message, state] of Object.entries({ 'Authentication error': 'waiting', 'Authentication failed': 'disconnected' })) {
  test(`is ${state} after a renewal that ended with "${message}"`, async () => {
    const { client, socket } = await connected();
    const renewal = client.request('authenticate', { token: 'new' });
    socket.says({ event: 'error', data: { message }, id: socket.last.id });
    socket.closes(4003);
    await assert.rejects(renewal, { message });
    assert.equal(client.state, state);
  });
}

test('waits at least fifteen seconds after 4006', async () => {
  const { socket, closes } = await connected();
  socket.closes(4006, 'Rate limited');
  assert.ok(closes[0].retryMillis >= 15_000);
});

test('backs off further with each failed attempt', async () => {
  const { socket, sockets, timers, closes } = await connected();
  socket.closes(1006);
  for (const delay of [500, 1000, 2000]) {
    await timers.advance(delay - 1);
    const attempts = sockets.length;
    await timers.advance(1);
    assert.equal(sockets.length, attempts + 1);
    sockets.at(-1).closes(1006);
  }
  assert.deepEqual(closes.map(({ retryMillis }) => retryMillis), [500, 1000, 2000, 4000]);
});

test('keeps backing off from a server that admits and closes at once', async () => {
  const { socket, sockets, timers, closes } = await connected();
  socket.closes(1011);
  await timers.advance(500);
  sockets[1].admits();
  sockets[1].closes(1011);
  assert.equal(closes[1].retryMillis, 1000);
});

test('starts backing off anew once a connection lived to its first heartbeat', async () => {
  const { socket, sockets, timers, closes } = await connected();
  socket.closes(1006);
  await timers.advance(500);
  sockets[1].admits();
  await timers.advance(30_000);
  sockets[1].closes(1006);
  assert.equal(closes[1].retryMillis, 500);
});

test('tries at once when told to connect while it waits', async () => {
  const { client, socket, sockets, timers } = await connected();
  socket.closes(1006);
  const session = client.connect();
  await settled();
  sockets[1].admits('c2');
  assert.equal((await session).id, 'c2');
  await timers.advance(10_000);
  assert.equal(sockets.length, 2);
});

test('stops trying when closed while it waits', async () => {
  const { client, socket, sockets, timers, closes } = await connected();
  socket.closes(1006);
  client.close();
  await timers.advance(3_600_000);
  assert.equal(sockets.length, 1);
  assert.deepEqual(closes.at(-1), { code: 1000, reason: 'Closed here', retryMillis: null });
});

test('ignores what a socket that it closed still brings', async () => {
  const { client, socket, closes } = await connected();
  const seen = [];
  client.on('message', (data) => seen.push(data));
  client.close();
  socket.says({ event: 'message', data: 'late' });
  socket.closes(1000);
  assert.deepEqual(seen, []);
  assert.equal(closes.length, 1);
});

test('goes back to the rooms it had joined', async () => {
  const { client, socket, sockets, timers } = await connected();
  const joining = client.join('a', 'b', 'c');
  socket.says({ event: 'join', data: { rooms: ['a', 'b', 'c'] }, id: socket.last.id });
  await joining;
  client.leave('b').catch(() => {}); // unanswered when the connection ends
  socket.closes(1001, 'Server shutting down');
  await timers.advance(500);
  sockets[1].admits('c2');
  assert.equal(sockets[1].last.event, 'join');
  assert.deepEqual(sockets[1].last.data, { rooms: ['a', 'c'] });
});

test('goes back to rooms it was given from before', async () => {
  const { socket } = await connected({ rooms: ['lobby'] });
  assert.deepEqual(socket.last.data, { rooms: ['lobby'] });
});

test('forgets a room that it could not get back to, and tells so', async () => {
  const { client, socket } = await connected({ rooms: ['a', 'b'] });
  const refused = [];
  client.addEventListener('roomschange', ({ detail }) => refused.push(...detail.refused));
  socket.says({ event: 'join', data: { rooms: ['a'] }, id: socket.last.id });
  await settled();
  assert.deepEqual(client.rooms, ['a']);
  assert.deepEqual(refused, ['b']);
});

test('remembers its rooms when the connection ends before they were answered', async () => {
  const { client, socket, sockets, timers } = await connected({ rooms: ['a'] });
  socket.closes(1006);
  await timers.advance(500);
  sockets[1].admits();
  assert.deepEqual(client.rooms, ['a']);
  assert.deepEqual(sockets[1].last.data, { rooms: ['a'] });
});

test('remembers its rooms when it is closed as soon as it is admitted', async () => {
  const { client, sockets } = rig({ rooms: ['a'] });
  const refused = [];
  client.addEventListener('roomschange', ({ detail }) => refused.push(...detail.refused));
  client.addEventListener('statechange', () => client.state === 'authenticated' && client.close());
  client.connect();
  await settled();
  sockets[0].admits();
  await settled();
  assert.equal(client.state, 'disconnected');
  assert.deepEqual(client.rooms, ['a']);
  assert.deepEqual(refused, []);
});

test('remembers its rooms when it is closed while it asks for them', async () => {
  const rooms = Array.from({ length: 250 }, (_, n) => `room-${n}`);
  const { client, sockets } = rig({ rooms });
  client.onframe = (_, text) => text.includes('"join"') && client.close();
  client.connect();
  await settled();
  sockets[0].admits();
  await settled();
  assert.equal(sockets[0].sent.filter(({ event }) => event === 'join').length, 1);
  assert.deepEqual(client.rooms, rooms);
});

test('forgets rooms whose join the server answers with an error', async () => {
  const { client, socket } = await connected({ rooms: ['a'] });
  const refused = [];
  client.addEventListener('roomschange', ({ detail }) => refused.push(...detail.refused));
  socket.says({ event: 'error', data: { message: 'no' }, id: socket.last.id });
  await settled();
  assert.deepEqual(client.rooms, []);
  assert.deepEqual(refused, ['a']);
});

/** The server lets us into all that we asked for last. */
const lets = async (socket) => {
  socket.says({ event: 'join', data: socket.last.data, id: socket.last.id });
  await settled();
};

/** The server's application failed to decide on the last join. */
const fails = async (socket) => {
  socket.says({ event: 'error', data: { message: 'Internal error' }, id: socket.last.id });
  await settled();
};

test('keeps rooms that the server failed to decide on, and asks again, later and later', async () => {
  const { client, socket, timers } = await connected({ rooms: ['a', 'b'] });
  const changes = [];
  client.addEventListener('roomschange', ({ detail }) => changes.push(detail.refused));
  for (const pause of [500, 1000, 2000]) {
    await fails(socket);
    const asked = socket.sent.length;
    await timers.advance(pause - 1);
    assert.equal(socket.sent.length, asked);
    await timers.advance(1);
    assert.equal(socket.sent.length, asked + 1);
    assert.deepEqual(socket.last.data, { rooms: ['a', 'b'] });
  }
  socket.says({ event: 'join', data: { rooms: ['a'] }, id: socket.last.id });
  await settled();
  assert.deepEqual(client.rooms, ['a']);
  assert.deepEqual(changes, [['b']]);
  assert.equal(timers.count, 1, 'only the heartbeat is left');
});

test('asks again only for rooms that were not decided on, and were not left meanwhile', async () => {
  const rooms = Array.from({ length: 102 }, (_, n) => `room-${n}`);
  const { client, socket, timers } = await connected({ rooms });
  await lets(socket);
  await fails(socket);
  client.leave('room-100').catch(() => {});
  const asked = socket.sent.length;
  await timers.advance(500);
  assert.deepEqual(socket.sent.slice(asked).map(({ data }) => data), [{ rooms: ['room-101'] }]);
});

test('asks the next connection for rooms that were not decided on', async () => {
  const { socket, sockets, timers } = await connected({ rooms: ['a'] });
  await fails(socket);
  socket.closes(1006);
  assert.equal(timers.count, 1, 'only the next attempt is left');
  await timers.advance(500);
  sockets[1].admits();
  assert.deepEqual(sockets[1].last.data, { rooms: ['a'] });
  await timers.advance(20_000);
  assert.equal(sockets[1].sent.length, 2);
  await fails(sockets[1]);
  await timers.advance(500);
  assert.equal(sockets[1].sent.length, 3, 'a new connection begins with the shortest pause');
});

test('asks nobody for rooms after the connection on which they were not decided on', async () => {
  const { socket, sockets, timers } = await connected({ rooms: ['a'] });
  const failing = fails(socket);
  socket.closes(1006);
  await failing;
  assert.equal(timers.count, 1, 'only the next attempt is left');
  await timers.advance(500);
  assert.equal(sockets.length, 2);
});

test('does not go back to a room whose first join the server failed to decide on', async () => {
  const { client, socket } = await connected();
  const joining = client.join('a');
  fails(socket);
  await assert.rejects(joining, { message: 'Internal error' });
  assert.deepEqual(client.rooms, []);
});

const joinsOf = (socket) => socket.sent.filter(({ event }) => event === 'join').map(({ data }) => data.rooms);

/** Lets us into all that we ask for, one request after the other. */
const letsAll = async (socket) => {
  for (let asked = 0; asked < joinsOf(socket).length; asked += 1) await lets(socket);
};

test('goes back to many rooms, a hundred at a time, each time after the answer', async () => {
  const rooms = Array.from({ length: 250 }, (_, n) => `room-${n}`);
  const { client, socket } = await connected({ rooms });
  for (const asked of [[100], [100, 100], [100, 100, 50], [100, 100, 50]]) {
    assert.deepEqual(joinsOf(socket).map(({ length }) => length), asked);
    await lets(socket);
  }
  assert.deepEqual(joinsOf(socket).flat(), rooms);
  assert.deepEqual(client.rooms, rooms);
});

test('goes back to rooms of long names in messages of 2 KB', async () => {
  const names = ['a', 'é', '€', '😀', '"', '\n'].flatMap((char) => Array.from({ length: 30 }, (_, n) => `${n} ${char.repeat(120)}`));
  const rooms = [...names, '\u0001'.repeat(256)];
  const { socket } = await connected({ rooms });
  await letsAll(socket);
  assert.deepEqual(joinsOf(socket).flat(), rooms);
  for (const { event, ...rest } of socket.sent) {
    assert.ok(event !== 'join' || Buffer.byteLength(JSON.stringify({ event, ...rest })) <= 2_100);
  }
  assert.ok(joinsOf(socket).length < 35, 'and in no more messages than that takes');
});

test('does not go back to a room that is left before its turn', async () => {
  const rooms = Array.from({ length: 101 }, (_, n) => `room-${n}`);
  const { client, socket } = await connected({ rooms });
  const first = socket.last;
  client.leave('room-100').catch(() => {});
  socket.says({ event: 'join', data: first.data, id: first.id });
  await settled();
  assert.deepEqual(joinsOf(socket).flat(), rooms.slice(0, 100));
});

test('asks no further on a connection that has ended', async () => {
  const { socket, sockets, timers } = await connected({ rooms: Array.from({ length: 250 }, (_, n) => `room-${n}`) });
  socket.closes(1006);
  await timers.advance(500);
  sockets[1].admits();
  await letsAll(sockets[1]);
  assert.deepEqual(joinsOf(socket).length, 1);
  assert.deepEqual(joinsOf(sockets[1]).map(({ length }) => length), [100, 100, 50]);
});

test('takes its time to go back where it was too fast for the server', async () => {
  const { socket, sockets, timers, closes } = await connected({ rooms: Array.from({ length: 101 }, (_, n) => `room-${n}`) });
  socket.closes(4006, 'Rate limited');
  await timers.advance(closes[0].retryMillis);
  sockets[1].admits();
  for (const batch of [1, 2]) {
    await timers.advance(1_000);
    assert.equal(joinsOf(sockets[1]).length, batch - 1);
    await timers.advance(100);
    assert.equal(joinsOf(sockets[1]).length, batch);
    await lets(sockets[1]);
  }
});

test('does not blame the way back for what was too fast after it', async () => {
  const { socket, sockets, timers, closes } = await connected({ rooms: ['a'] });
  await lets(socket);
  socket.closes(4006, 'Rate limited');
  await timers.advance(closes[0].retryMillis);
  sockets[1].admits();
  assert.deepEqual(joinsOf(sockets[1]), [['a']]);
});

test('does not go back to a room whose join was never answered', async () => {
  const { client, socket, sockets, timers } = await connected();
  const joining = client.join('a');
  socket.closes(1006);
  await assert.rejects(joining, { closeCode: 1006 });
  await timers.advance(500);
  sockets[1].admits();
  assert.equal(sockets[1].last.event, 'authenticate');
});
