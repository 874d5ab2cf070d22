import { Backoff } from '../../main/resources/web/backoff.js';
import { RoomcastClient } from '../../main/resources/web/roomcast.js';

/** Time that passes only when told to. */
export class FakeTimers {
  #now = 0;
  #pending = new Map();
  #last = 0;

  setTimeout(task, millis) {
    this.#last += 1;
    this.#pending.set(this.#last, { at: this.#now + millis, task });
    return this.#last;
  }

  clearTimeout(timer) {
    this.#pending.delete(timer);
  }

  get count() {
    return this.#pending.size;
  }

  /** Runs what is due within the next `millis`, in order; promises settle after each. */
  async advance(millis) {
    const end = this.#now + millis;
    for (;;) {
      const [next] = [...this.#pending].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!next) break;
      const [id, { at, task }] = next;
      this.#pending.delete(id);
      this.#now = at;
      task();
      await settled();
    }
    this.#now = end;
  }
}

/** The client's end of a connection, and what a test plays the server with. */
export class FakeSocket {
  sent = [];
  closedWith = null;

  constructor(url) {
    this.url = url;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code) {
    this.closedWith = code;
  }

  opens() {
    this.onopen();
    return this;
  }

  says(envelope) {
    this.onmessage({ data: JSON.stringify(envelope) });
  }

  admits(id = 'c1') {
    this.opens().says({ event: 'connected', data: { id, userId: 'ann', time: '2026-01-31T12:00:00.000Z' } });
    return this;
  }

  closes(code, reason = '') {
    this.onclose({ code, reason });
  }

  get last() {
    return this.sent.at(-1);
  }
}

/** Lets all promises that can settle do so. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A client on fakes. `sockets` grows with each attempt; random is 1 after the point, so that delays are the ceilings. */
export function rig(options = {}) {
  const sockets = [];
  const timers = new FakeTimers();
  class WebSocket extends FakeSocket {
    constructor(url) {
      super(url);
      sockets.push(this);
    }
  }
  const client = new RoomcastClient('ws://test/ws', {
    token: 'ann',
    backoff: new Backoff({ random: () => 1 }),
    timers,
    WebSocket,
    ...options,
  });
  const closes = [];
  const states = [];
  client.addEventListener('close', ({ detail }) => closes.push(detail));
  client.addEventListener('statechange', () => states.push(client.state));
  return { client, sockets, timers, closes, states };
}

/** As {@link rig}, and admitted. */
export async function connected(options) {
  const parts = rig(options);
  const session = parts.client.connect();
  await settled();
  parts.sockets[0].admits();
  await session;
  return { ...parts, socket: parts.sockets[0] };
}
