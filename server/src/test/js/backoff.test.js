import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../../main/resources/web/backoff.js';

const delays = (backoff, count) => Array.from({ length: count }, () => backoff.delay('backoff'));

test('doubles the ceiling from half a second up to thirty', () => {
  const backoff = new Backoff({ random: () => 1 });
  assert.deepEqual(delays(backoff, 8), [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
});

test('stays at the cap however many failures there were', () => {
  const backoff = new Backoff({ random: () => 1 });
  assert.equal(delays(backoff, 2000).at(-1), 30000);
});

test('spreads over the whole range below the ceiling', () => {
  const spread = [0, 0.25, 0.999];
  const backoff = new Backoff({ base: 1000, random: () => spread.shift() });
  assert.deepEqual(delays(backoff, 3), [0, 500, 3996]);
});

test('starts again after a reset', () => {
  const backoff = new Backoff({ random: () => 1 });
  delays(backoff, 5);
  backoff.reset();
  assert.deepEqual(delays(backoff, 2), [500, 1000]);
});

test('yields another of the same delays, which forgets the failures of the first', () => {
  const backoff = new Backoff({ base: 10, cap: 30, random: () => 1 });
  delays(backoff, 2);
  assert.deepEqual(delays(backoff.another(), 4), [10, 20, 30, 30]);
});

test('waits at least half the cap when told to come later', () => {
  assert.equal(new Backoff({ random: () => 0 }).delay('later'), 15000);
  assert.equal(new Backoff({ random: () => 1 }).delay('later'), 30000);
});

test('gives no delay, and forgets the failures, when there is to be no attempt', () => {
  const backoff = new Backoff({ random: () => 1 });
  delays(backoff, 5);
  assert.equal(backoff.delay('never'), null);
  assert.deepEqual(delays(backoff, 1), [500]);
});
