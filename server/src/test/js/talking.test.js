import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected, rig, settled } from './fakes.js';

test('gives each request the answer with its id', async () => {
  const { client, socket } = await connected();
  const [first, second] = [client.request('sum', [1, 2]), client.request('sum', [3, 4])];
  const [one, two] = socket.sent.slice(-2);
  assert.deepEqual(one, { event: 'sum', data: [1, 2], id: one.id });
  socket.says({ event: 'sum', data: 7, id: two.id });
  socket.says({ event: 'sum', data: 3, id: one.id });
  assert.deepEqual(await Promise.all([first, second]), [3, 7]);
});

test('rejects the request that an error answers', async () => {
  const { client, socket } = await connected();
  const request = client.request('sum');
  socket.says({ event: 'error', data: { message: 'Internal error' }, id: socket.last.id });
  await assert.rejects(request, { name: 'RoomcastError', message: 'Internal error', closeCode: undefined });
});

test('rejects a request that nobody answers in time', async () => {
  const { client, timers } = await connected();
  const request = client.request('sum', 1, 5000);
  timers.advance(5000);
  await assert.rejects(request, { message: 'No answer' });
});

test('rejects what is pending when the connection ends', async () => {
  const { client, socket, timers } = await connected();
  const requests = [client.request('sum'), client.join('a')];
  socket.closes(1001, 'Idle timeout');
  for (const request of requests) await assert.rejects(request, { closeCode: 1001, message: /Idle timeout/ });
  assert.equal(timers.count, 1, 'only the next attempt is left');
});

test('uses no id twice, not even on another connection', async () => {
  const { client, socket, sockets, timers } = await connected();
  client.request('a').catch(() => {});
  const { id } = socket.last;
  socket.closes(1006);
  await timers.advance(500);
  sockets[1].admits();
  client.request('a').catch(() => {});
  assert.notEqual(sockets[1].last.id, id);
});

test('refuses to send before it is authenticated', async () => {
  const { client } = rig();
  assert.throws(() => client.send('a'), { message: 'Not authenticated' });
  assert.throws(() => client.publish(null, 'a'), { message: 'Not authenticated' });
  await assert.rejects(client.request('a'), { message: 'Not authenticated' });
});

test('passes events on with their data and envelope until told to stop', async () => {
  const { client, socket } = await connected();
  const seen = [];
  const stop = client.on('alert', (data, envelope) => seen.push([data, envelope.event]));
  socket.says({ event: 'alert', data: { n: 1 } });
  stop();
  socket.says({ event: 'alert', data: { n: 2 } });
  assert.deepEqual(seen, [[{ n: 1 }, 'alert']]);
});

test('does not take an event of the server for one of its own', async () => {
  const { socket, states } = await connected();
  socket.says({ event: 'statechange', data: {} });
  socket.says({ event: 'close', data: {} });
  assert.equal(states.at(-1), 'authenticated');
});

test('is admitted once, whatever the application calls its events', async () => {
  const { client, socket } = await connected({ rooms: ['a'] });
  socket.says({ event: 'connected', data: { id: 'another' } });
  assert.equal(client.session.id, 'c1');
  assert.equal(socket.sent.filter(({ event }) => event === 'join').length, 1);
});

test('publishes to a room, a user, a client or everyone', async () => {
  const { client, socket } = await connected();
  client.publish({ room: 'a' }, 'hi');
  client.publish({ user: 'u' }, 1);
  client.publish({ client: 'c' }, null);
  client.publish(null, { x: 1 });
  assert.deepEqual(
    socket.sent.slice(-4).map(({ event, data }) => [event, data]),
    [
      ['publish', { to: { room: 'a' }, data: 'hi' }],
      ['publish', { to: { user: 'u' }, data: 1 }],
      ['publish', { to: { client: 'c' }, data: null }],
      ['publish', { data: { x: 1 } }],
    ],
  );
});

test('tells the refusal of a publish as an error with its id', async () => {
  const { client, socket } = await connected();
  const errors = [];
  client.on('error', ({ message }, { id }) => errors.push([message, id]));
  const id = client.publish({ room: 'a' }, 'hi');
  socket.says({ event: 'error', data: { message: 'Not in this room' }, id });
  assert.deepEqual(errors, [['Not in this room', id]]);
});

test('joins the rooms that the server lets it into', async () => {
  const { client, socket } = await connected();
  const joining = client.join('a', 'b');
  assert.deepEqual(socket.last.data, { rooms: ['a', 'b'] });
  socket.says({ event: 'join', data: { rooms: ['b'] }, id: socket.last.id });
  assert.deepEqual(await joining, ['b']);
  assert.deepEqual(client.rooms, ['b']);
});

test('ends outside a room that it left while the join was unanswered', async () => {
  const { client, socket } = await connected();
  const joining = client.join('a', 'b');
  const { id } = socket.last;
  const leaving = client.leave('a');
  socket.says({ event: 'leave', data: { rooms: ['a'] }, id: socket.last.id });
  socket.says({ event: 'join', data: { rooms: ['a', 'b'] }, id });
  await Promise.all([joining, leaving]);
  assert.deepEqual(client.rooms, ['b']);
});

test('ends inside a room that it left and joined again', async () => {
  const { client, socket } = await connected();
  const first = client.join('a');
  const ids = [socket.last.id];
  client.leave('a').catch(() => {});
  const second = client.join('a');
  ids.push(socket.last.id);
  for (const id of ids) socket.says({ event: 'join', data: { rooms: ['a'] }, id });
  await Promise.all([first, second]);
  assert.deepEqual(client.rooms, ['a']);
});

test('leaves a room without a connection by not going back', async () => {
  const { client } = rig({ rooms: ['a', 'b'] });
  assert.deepEqual(await client.leave('a'), []);
  assert.deepEqual(client.rooms, ['b']);
});

test('shows each text as it travels', async () => {
  const frames = [];
  const { client, sockets } = rig();
  client.onframe = (...frame) => frames.push(frame);
  client.connect();
  await settled();
  sockets[0].admits();
  assert.deepEqual(frames.map(([direction, text]) => [direction, JSON.parse(text).event]), [
    ['out', 'authenticate'],
    ['in', 'connected'],
  ]);
});
