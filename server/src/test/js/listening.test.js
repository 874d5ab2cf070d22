import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected, rig, settled } from './fakes.js';

/** What listeners are told from here on, in order. */
function told(client) {
  const events = [];
  client.addEventListener('statechange', () => events.push(client.state));
  client.addEventListener('close', ({ detail: { code, retryMillis } }) => events.push([code, retryMillis]));
  return events;
}

/** Does something once, when the client comes to a state. */
function on(client, state, task) {
  const listener = () => {
    if (client.state !== state) return;
    client.removeEventListener('statechange', listener);
    task();
  };
  client.addEventListener('statechange', listener);
}

test('promises no attempt that a listener has called off', async () => {
  const { client, socket, sockets, timers } = await connected();
  on(client, 'waiting', () => client.close());
  const events = told(client);
  socket.closes(1006);
  assert.deepEqual(events, ['disconnected', [1006, null], 'disconnected', [1000, null]]);
  await timers.advance(3_600_000);
  assert.equal(sockets.length, 1);
  assert.equal(timers.count, 0);
});

test('promises no attempt that a listener did not wait for', async () => {
  const { client, socket, sockets } = await connected();
  on(client, 'waiting', () => client.connect());
  const events = told(client);
  socket.closes(1006);
  await settled();
  assert.deepEqual(events, ['connecting', [1006, null], 'connecting']);
  sockets[1].admits('c2');
  assert.equal(client.session.id, 'c2');
});

test('tells every listener in the order in which it happened', async () => {
  const { client, socket } = await connected();
  client.addEventListener('close', ({ detail: { code } }) => code === 1006 && client.close());
  const events = told(client);
  socket.closes(1006);
  assert.deepEqual(events, ['waiting', [1006, 500], 'disconnected', [1000, null]]);
});

for (const state of ['connecting', 'authenticating', 'authenticated']) {
  test(`stays closed when a listener closes it as soon as it is ${state}`, async () => {
    const { client, sockets, timers, states } = rig({ rooms: ['a'] });
    on(client, state, () => client.close());
    const session = client.connect();
    session.catch(() => {});
    await settled();
    sockets[0]?.admits();
    await settled();
    assert.equal(client.state, 'disconnected');
    assert.equal(states.at(-1), 'disconnected');
    assert.equal(timers.count, 0);
  });
}

test('asks for no token once a listener has closed it', async () => {
  let asked = 0;
  const { client } = rig({ token: () => (asked += 1) });
  on(client, 'connecting', () => client.close());
  client.connect().catch(() => {});
  await settled();
  assert.equal(asked, 0);
});

test('stays closed when it is closed as it authenticates', async () => {
  const { client, sockets, states } = rig();
  client.onframe = () => client.close();
  client.connect().catch(() => {});
  await settled();
  sockets[0].opens();
  assert.deepEqual(states, ['connecting', 'disconnected']);
});

test('hands no event of the server to a handler once a listener has closed it', async () => {
  const { client, sockets } = rig();
  const seen = [];
  client.on('connected', (data) => seen.push(data));
  on(client, 'authenticated', () => client.close());
  client.connect();
  await settled();
  sockets[0].admits();
  assert.deepEqual(seen, []);
});

test('hands no event of the server to a handler once another has closed it', async () => {
  const { client, socket } = await connected();
  const seen = [];
  client.on('news', () => client.close());
  client.on('news', (data) => seen.push(data));
  socket.says({ event: 'news', data: 1 });
  assert.deepEqual(seen, []);
});

test('hands no event of a connection to a handler after a listener began another', async () => {
  const { client, sockets } = rig();
  const seen = [];
  client.on('connected', ({ id }) => seen.push(id));
  on(client, 'authenticated', () => {
    client.close();
    client.connect();
  });
  client.connect();
  await settled();
  sockets[0].admits('c1');
  await settled();
  sockets[1].admits('c2');
  assert.deepEqual(seen, ['c2']);
});
