/**
 * A Roomcast client for browsers: authenticates, keeps the connection alive, reconnects, goes back to its rooms.
 *
 *     const client = new RoomcastClient('wss://chat.example/ws', { token: () => freshToken() });
 *     client.on('message', ({ from, room, data }) => show(from.userId, room, data));
 *     await client.connect();
 *     await client.join('lobby');
 *     client.publish({ room: 'lobby' }, 'hello');
 *
 * Its states, and who may cause each edge:
 *
 *     disconnected --connect()--> connecting --socket opened--> authenticating --`connected`--> authenticated
 *
 *     connecting, authenticating, authenticated --lost, and may try again--> waiting
 *     waiting --delay over, or connect()--> connecting
 *     any --lost for good (verdict.js), or close()--> disconnected
 *
 * Events of the server come through `on`, those of the client itself through `addEventListener`, so that no
 * server can speak for the client:
 *
 * - `statechange`: `state` changed.
 * - `roomschange`, with `detail.refused`: `rooms` changed; `refused` are those we could not get back to.
 * - `close`, with `detail` `{ code, reason, retryMillis }`: a connection ended or did not come about; `retryMillis`
 *   until the next attempt, or null where none is waited for. A 1006 with a reason was found here, not heard from the
 *   server, such as "No answer" of one that is gone without a word (heartbeat.js says when); so was a 4004 whose
 *   reason is not "Encryption required".
 *
 * A listener may call `connect()` and `close()`. They act at once, and what they tell follows what is being told.
 *
 * With the option `encryption` it is `authenticated` only when keys are agreed, and from then on everything is
 * encrypted both ways; what docs/security.md says of the option `pin` decides against whom that helps.
 */
import { Backoff } from './backoff.js';
import { EncryptedChannel, PlainChannel } from './channel.js';
import { closeCode } from './close-codes.js';
import { Connection } from './connection.js';
import { DetailEvent } from './detail-event.js';
import { Heartbeat } from './heartbeat.js';
import { Memberships } from './memberships.js';
import { Requests, RoomcastError } from './requests.js';
import { TIMERS } from './timers.js';

export { RoomcastError };

/** @typedef {import('./types.js').Envelope} Envelope */
/** @typedef {import('./types.js').Session} Session */

export class RoomcastClient extends EventTarget {
  /**
   * Sees each text as it travels and, where that is encrypted, what it means; must not throw.
   * @type {((direction: 'in' | 'out', text: string, meant?: string) => void) | null}
   */
  onframe = null;

  #url;
  #options;
  #timers;
  #backoff;
  #heartbeat;
  #requests;
  #memberships;
  #inbound = new EventTarget();
  /** @type {(() => Event)[]} what is being told, and what follows it */
  #untold = [];

  /** @type {import('./types.js').State} */
  #state = 'disconnected';
  /** @type {any} the one timer of the present state: connect time-out or next attempt */
  #timer = null;
  /** @type {Connection | null} */
  #connection = null;
  /** @type {PlainChannel | EncryptedChannel | null} of the connection */
  #channel = null;
  /** @type {Session | null} */
  #session = null;
  /** @type {((outcome: Session | RoomcastError) => void)[]} the callers of connect() that still wait */
  #callers = [];

  /** @param {string | URL} url ws: or wss: @param {import('./types.js').Options} [options] */
  constructor(url, options = {}) {
    super();
    this.#url = url;
    this.#options = { connectTimeout: 20_000, requestTimeout: 10_000, heartbeatInterval: 30_000, answerTimeout: 30_000, ...options };
    this.#timers = options.timers ?? TIMERS;
    this.#backoff = options.backoff ?? new Backoff();
    this.#heartbeat = new Heartbeat(this.#options, this.#timers, {
      beat: (answered) => this.#beat(answered),
      lost: () => this.#end(1006, 'No answer'),
    });
    this.#requests = new Requests(this.#timers);
    this.#memberships = new Memberships(options.rooms ?? [], this.#timers, this.#backoff.another(), {
      ask: async (event, rooms, timeout) => (await this.request(event, { rooms }, timeout)).rooms,
      changed: (refused) => this.dispatchEvent(new DetailEvent('roomschange', { refused })),
    });
  }

  get state() {
    return this.#state;
  }

  /** Whether what is sent now is encrypted. */
  get encrypted() {
    return this.#state === 'authenticated' && this.#channel instanceof EncryptedChannel;
  }

  /** What the server said when it admitted us last, or null. */
  get session() {
    return this.#session;
  }

  /**
   * The rooms we joined and did not leave. While not `authenticated`, and until the server has decided, they are
   * those we go back to.
   */
  get rooms() {
    return this.#memberships.rooms;
  }

  /**
   * Connects, or tries at once if it was waiting to.
   * @returns {Promise<Session>} once admitted, be it after some attempts; rejected if the attempts end
   */
  connect() {
    if (this.#state === 'authenticated' && this.#session) return Promise.resolve(this.#session);
    if (['disconnected', 'waiting'].includes(this.#state)) this.#open();
    return new Promise((resolve, reject) => {
      this.#callers.push((outcome) => (outcome instanceof RoomcastError ? reject(outcome) : resolve(outcome)));
    });
  }

  /** Ends the connection and all attempts. The rooms are remembered for the next `connect()`. */
  close() {
    if (this.#state !== 'disconnected') this.#end(1000, 'Closed here', 'never');
  }

  /**
   * Calls `handler` for each such event of the server that answers no request, `connected` and `error` included.
   * @param {string} event @param {(data: any, envelope: Envelope) => void} handler
   * @returns {() => void} stops it
   */
  on(event, handler) {
    // The statechange to authenticated, or a handler before this one, may have led to close().
    const listener = (/** @type {any} */ { detail: { envelope, connection } }) =>
      connection === this.#connection && handler(envelope.data, envelope);
    this.#inbound.addEventListener(event, listener);
    return () => this.#inbound.removeEventListener(event, listener);
  }

  /** Sends and expects no answer. @param {string} event @param {any} [data] @throws {RoomcastError} if not `authenticated` */
  send(event, data) {
    this.#write({ event, data });
  }

  /**
   * Sends and waits for the answer that bears the same id.
   * @param {string} event @param {any} [data] @param {number} [timeout] milliseconds; Infinity waits until the close
   * @returns {Promise<any>} the answer's data; rejected with a {@link RoomcastError}
   */
  async request(event, data, timeout = this.#options.requestTimeout) {
    const id = this.#requests.nextId();
    this.#write({ event, data, id });
    return this.#requests.answerTo(id, timeout);
  }

  /**
   * Publishes to a room we are in or, where the server allows it, to a user, a client or (null) everyone.
   * @param {import('./types.js').Target | null} to @param {any} data @throws {RoomcastError} if not `authenticated`
   * @returns {string} the id of the answer, the event `publish` with `{ published: true }` or `{ published: false, reason }`
   */
  publish(to, data) {
    const id = this.#requests.nextId();
    this.#write({ event: 'publish', data: to ? { to, data } : { data }, id });
    return id;
  }

  /** @param {...string} rooms @returns {Promise<string[]>} those that the server let us into */
  join(...rooms) {
    return this.#memberships.join(rooms);
  }

  /**
   * Leaves; from this moment on no reconnect goes back, even if the answer never comes.
   * @param {...string} rooms @returns {Promise<string[]>} those that the server took us out of
   */
  async leave(...rooms) {
    this.#memberships.forget(rooms);
    return this.#state === 'authenticated' ? (await this.request('leave', { rooms })).rooms : [];
  }

  #open() {
    const { connectTimeout, WebSocket = globalThis.WebSocket, credentials = () => this.#bearer() } = this.#options;
    const connection = new Connection({
      opened: (data) => {
        channel.transmit({ event: 'authenticate', data });
        if (connection === this.#connection) this.#become('authenticating');
      },
      text: (text) => {
        this.#heartbeat.heard();
        channel.receive(text);
      },
      ended: (code, reason, retry) => channel.ended(() => this.#end(code, reason, retry ?? connection.verdict.on(code))),
    });
    const channel = this.#newChannel(connection);
    this.#connection = connection;
    this.#channel = channel;
    this.#arm(connectTimeout, () => this.#end(1006, 'No answer'));
    this.#become('connecting');
    if (connection === this.#connection) connection.open(this.#url, async () => channel.credentials(await credentials()), WebSocket);
  }

  /** @param {Connection} connection */
  #newChannel(connection) {
    const { encryption } = this.#options;
    /** @type {import('./channel.js').ChannelListener} */
    const listener = {
      send: (text) => connection.send(text),
      received: (envelope) => this.#receive(envelope, connection),
      frame: (direction, text, meant) => this.onframe?.(direction, text, meant),
      failed: (reason, retry) => this.#end(4004, reason, retry),
    };
    return encryption ? new EncryptedChannel(encryption === true ? {} : encryption, listener) : new PlainChannel(listener);
  }

  async #bearer() {
    const { type = 'Bearer', token } = this.#options;
    return { type, token: typeof token === 'function' ? await token() : token };
  }

  #admitted(/** @type {Session} */ session) {
    this.#session = session;
    this.#arm(null);
    this.#heartbeat.start();
    this.#tellCallers(session);
    this.#become('authenticated');
    this.#memberships.restore();
  }

  #beat(/** @type {boolean} */ answered) {
    // Only a connection that lived this long was sound. If opening it were enough, a server that admits and
    // then closes at once would be called twice a second by every client.
    this.#backoff.reset();
    // Changes nothing, and is answered. However late the answer is: it is no event for a handler.
    if (answered) this.request('leave', { rooms: [] }, Infinity).catch(() => {});
    else this.#channel?.transmit({ event: 'heartbeat' });
  }

  /** @param {number} code @param {string} reason @param {import('./close-codes.js').Retry} [retry] */
  #end(code, reason, retry = closeCode(code).retry) {
    this.#connection?.abandon(this.#channel?.abandon());
    this.#connection = null;
    this.#channel = null;
    this.#heartbeat.stop();
    this.#memberships.interrupt(code);
    const error = new RoomcastError(`Connection closed: ${code} ${reason}`, code);
    const retryMillis = this.#backoff.delay(retry);
    const attempt = this.#arm(retryMillis, () => this.#open());
    this.#requests.rejectAll(error);
    if (retryMillis === null) this.#tellCallers(error);
    this.#state = retryMillis === null ? 'disconnected' : 'waiting';
    this.#tell(
      () => new Event('statechange'),
      () => new DetailEvent('close', { code, reason, retryMillis: attempt === this.#timer ? retryMillis : null }),
    );
  }

  #tellCallers(/** @type {Session | RoomcastError} */ outcome) {
    for (const tell of this.#callers.splice(0)) tell(outcome);
  }

  #become(/** @type {import('./types.js').State} */ state) {
    this.#state = state;
    this.#tell(() => new Event('statechange'));
  }

  /** In the order in which things happened, also where a listener makes more of them happen. @param {...(() => Event)} events */
  #tell(...events) {
    if (this.#untold.push(...events) > events.length) return;
    for (; this.#untold.length > 0; this.#untold.shift()) this.dispatchEvent(this.#untold[0]());
  }

  /** @param {number | null} millis null for none @param {() => void} [task] @returns {any} the timer */
  #arm(millis, task = () => {}) {
    this.#timers.clearTimeout(this.#timer);
    return (this.#timer = millis === null ? null : this.#timers.setTimeout(task, millis));
  }

  /** @param {Envelope} envelope */
  #write(envelope) {
    if (this.#state !== 'authenticated') throw new RoomcastError('Not authenticated');
    this.#channel?.transmit(envelope);
  }

  /** @param {Envelope} envelope @param {Connection} connection that brought it */
  #receive(envelope, connection) {
    connection.verdict.heard(envelope);
    if (this.#requests.settle(envelope)) return;
    if (envelope.event === 'connected' && this.#state === 'authenticating') this.#admitted(envelope.data);
    this.#inbound.dispatchEvent(new DetailEvent(envelope.event, { envelope, connection }));
  }
}
