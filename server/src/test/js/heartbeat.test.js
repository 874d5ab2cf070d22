import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agree, until } from './fake-server.js';
import { connected, rig } from './fakes.js';

const BEAT = { event: 'heartbeat' };
const isQuestion = ({ event, data, id }) => event === 'leave' && data.rooms.length === 0 && id !== undefined;
const answer = (socket) => socket.says({ event: 'leave', data: { rooms: [] }, id: socket.last.id });

test('gives up a server that is gone without a word, and comes back to another', async () => {
  const { client, socket, sockets, timers, closes } = await connected({ rooms: ['a'] });
  socket.says({ event: 'join', data: { rooms: ['a'] }, id: socket.last.id });
  await timers.advance(91_000);
  assert.deepEqual(closes, [{ code: 1006, reason: 'No answer', retryMillis: 500 }]);
  assert.equal(socket.closedWith, 1000);
  await timers.advance(500);
  sockets[1].admits('c2');
  assert.deepEqual(sockets[1].last.data, { rooms: ['a'] });
  assert.equal(client.state, 'authenticated');
});

test('notices it within the times of its options', async () => {
  const { timers, closes } = await connected({ heartbeatInterval: 5_000, answerTimeout: 2_000 });
  await timers.advance(7_999);
  assert.deepEqual(closes, []);
  await timers.advance(1);
  assert.equal(closes[0].reason, 'No answer');
});

test('asks for an answer at every other heartbeat where nothing else comes', async () => {
  const { socket, timers, closes } = await connected();
  for (let minute = 0; minute < 5; minute += 1) {
    await timers.advance(30_000);
    assert.ok(isQuestion(socket.last), JSON.stringify(socket.last));
    answer(socket);
    await timers.advance(30_000);
    assert.deepEqual(socket.last, BEAT);
  }
  assert.equal(socket.sent.length, 11);
  assert.deepEqual(closes, []);
});

test('asks for nothing while messages come', async () => {
  const { socket, timers } = await connected();
  for (let beat = 0; beat < 10; beat += 1) {
    socket.says({ event: 'news' });
    await timers.advance(30_000);
  }
  assert.deepEqual(socket.sent.slice(1), Array(10).fill(BEAT));
});

test('takes anything that comes for an answer', async () => {
  const { socket, timers, closes } = await connected();
  await timers.advance(59_000);
  socket.says({ event: 'news' });
  await timers.advance(30_000);
  assert.deepEqual(closes, []);
});

test('takes for an answer what is told only after a timer that was late', async () => {
  const { socket, timers, closes } = await connected();
  await timers.advance(60_000);
  answer(socket);
  await timers.advance(30_000);
  assert.deepEqual(closes, []);
});

test('goes on telling that it lives while an answer is due', async () => {
  const { socket, timers } = await connected({ answerTimeout: 100_000 });
  await timers.advance(90_000);
  assert.deepEqual(socket.sent.slice(2), [BEAT, BEAT]);
});

test('waits for ever where it is told so', async () => {
  const { socket, timers, closes } = await connected({ answerTimeout: Infinity });
  await timers.advance(3_600_000);
  assert.deepEqual(socket.sent.slice(1), Array(120).fill(BEAT));
  assert.deepEqual(closes, []);
});

test('shows nobody the answer, however late it is', async () => {
  const { client, socket, timers, closes } = await connected();
  const seen = [];
  client.on('leave', (data) => seen.push(data));
  await timers.advance(30_000);
  const { id } = socket.last;
  for (let beat = 0; beat < 100; beat += 1) {
    socket.says({ event: 'news' });
    await timers.advance(30_000);
  }
  socket.says({ event: 'leave', data: { rooms: [] }, id });
  assert.deepEqual(seen, []);
  assert.deepEqual(closes, []);
});

test('leaves no timer when it is closed', async () => {
  const { client, timers } = await connected();
  await timers.advance(30_000);
  client.close();
  assert.equal(timers.count, 0);
});

test('leaves no timer when it is closed as it asks', async () => {
  const { client, timers, closes } = await connected();
  client.onframe = () => client.close();
  await timers.advance(3_600_000);
  assert.equal(timers.count, 0);
  assert.equal(closes.length, 1);
});

test('asks encrypted where it encrypts', async () => {
  const { client, sockets, timers, closes } = rig({ encryption: true });
  const session = client.connect();
  await until(() => sockets.length === 1);
  const { data } = sockets[0].opens().last;
  const { answer: keys, cipher } = await agree(data.publicKey);
  sockets[0].says({ event: 'connected', data: { id: 'c1', time: 't', ...keys } });
  await session;
  await timers.advance(30_000);
  await until(() => sockets[0].sent.length === 2);
  const question = await cipher.open(sockets[0].last);
  assert.ok(isQuestion(question));
  sockets[0].says(await cipher.seal({ event: 'leave', data: { rooms: [] }, id: question.id }));
  await timers.advance(59_000);
  assert.deepEqual(closes, []);
});
