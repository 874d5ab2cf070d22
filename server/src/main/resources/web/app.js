/** The page: what the reader does becomes calls on the client, what the client tells appears on the page. */
import { closeCode } from './close-codes.js';
import { Log } from './log.js';
import { remember, remembered } from './memory.js';
import { RoomcastClient, RoomcastError } from './roomcast.js';
import { byId, frame, line, offerRooms, showRooms } from './view.js';

/** @param {string} id @returns {HTMLInputElement} */
const input = (id) => byId(id);
/** @param {string} id @returns {HTMLButtonElement} */
const button = (id) => byId(id);
/** @type {HTMLSelectElement} */
const to = byId('to');

const messages = new Log(byId('messages'), 500, line);
const frames = new Log(byId('frames'), 200, (/** @type {import('./view.js').Frame} */ shown) => frame(shown, input('indent').checked));

/** @type {RoomcastClient | null} */
let client = null;
/** @type {ReturnType<typeof setInterval> | undefined} */
let countdown;

/** @typedef {{ name: string, path: string, encrypt: boolean, pin: string }} Choice what the form to connect says */

/** @param {Choice} choice @param {string[]} rooms */
function connect(choice, rooms) {
  const { name, path, encrypt, pin } = choice;
  const url = new URL(path, location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  url.hash = '';
  const opened = (client = new RoomcastClient(url, { token: name, rooms, encryption: encryptionOf(encrypt, pin) }));
  opened.onframe = (direction, text, meant) => frames.add({ at: new Date(), direction, text, meant });
  opened.addEventListener('statechange', () => stateChanged(opened));
  opened.addEventListener('roomschange', (/** @type {any} */ { detail }) => {
    for (const room of detail.refused) note(`The server does not let you back into ${room}`);
    roomsChanged();
  });
  opened.addEventListener('close', (/** @type {any} */ { detail }) => closed(detail));
  opened.on('message', (data) => received(opened, data));
  opened.on('publish', ({ published, reason }) => published || note(`The server does not publish that: ${reason}`));
  opened.on('error', ({ message }) => note(`The server says: ${message}`));
  opened.on('gap', ({ dropped }) => note(`Lost because they came faster than you read: ${dropped}`));
  remember({ ...choice, on: true });
  attempt(opened.connect());
}

/** @param {boolean} encrypt @param {string} pin empty where it is not known */
function encryptionOf(encrypt, pin) {
  if (!encrypt) return undefined;
  return pin === '' ? true : { pin };
}

/** Shows why something failed, except that the connection ended: that is shown by itself.
 * @param {Promise<unknown>} promise
 */
async function attempt(promise) {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof RoomcastError)) throw error;
    if (error.closeCode === undefined) note(error.message);
  }
}

/** @param {string} text */
function note(text) {
  messages.add({ at: new Date(), text, data: { kind: 'note' } });
}

/** @param {RoomcastClient} client @param {{ from: { id: string, userId?: string }, room?: string, data?: any }} message */
function received({ session }, { from, room, data }) {
  /** @type {Record<string, string>} */
  const attributes = { kind: 'message', from: from.id };
  if (from.userId !== undefined) attributes.user = from.userId;
  if (room !== undefined) attributes.room = room;
  if (from.id === session?.id) attributes.own = '';
  const who = `${from.userId ?? 'anonymous'}${attributes.own === '' ? ' (you)' : ''}`;
  const text = typeof data === 'string' ? data : JSON.stringify(data) ?? '';
  messages.add({ at: new Date(), text, who, where: room ?? 'outside of rooms', data: attributes });
}

/** @param {RoomcastClient} client */
function stateChanged({ state, session, encrypted }) {
  const badge = byId('state');
  badge.dataset.state = state;
  badge.textContent = state;
  document.body.dataset.state = state;
  const authenticated = state === 'authenticated';
  byId('connect-form').hidden = state !== 'disconnected';
  button('disconnect').hidden = state === 'disconnected';
  button('retry').hidden = state !== 'waiting';
  for (const id of ['join', 'say']) button(id).disabled = !authenticated;
  const shown = byId('session');
  shown.hidden = !authenticated;
  shown.dataset.clientId = authenticated ? session?.id : '';
  shown.dataset.userId = authenticated ? session?.userId ?? '' : '';
  shown.dataset.encrypted = String(encrypted);
  byId('encrypted').textContent = encrypted ? 'yes' : 'no';
  byId('client-id').textContent = session?.id ?? '';
  byId('user-id').textContent = session?.userId ?? 'anonymous';
  clearInterval(countdown);
  byId('retry-in').textContent = '';
  if (authenticated) byId('closed').hidden = true;
}

/** @param {{ code: number, reason: string, retryMillis: number | null }} close */
function closed({ code, reason, retryMillis }) {
  const { name, meaning } = closeCode(code);
  byId('closed').hidden = false;
  byId('closed').dataset.code = String(code);
  byId('closed-name').textContent = `${code} ${reason || name}`;
  byId('closed-meaning').textContent = meaning;
  if (retryMillis === null) {
    remember({ on: false });
    note(`Connection closed: ${code} ${reason || name}`);
    return;
  }
  const due = Date.now() + retryMillis;
  const count = () => {
    byId('retry-in').textContent = `Next attempt in ${Math.max(1, Math.ceil((due - Date.now()) / 1000))} s.`;
  };
  count();
  countdown = setInterval(count, 1000);
}

function roomsChanged() {
  const rooms = client?.rooms ?? remembered().rooms ?? [];
  remember({ rooms });
  showRooms(rooms, (room) => talkTo(`room:${room}`), leave);
  offerRooms(rooms);
  targetChanged();
}

/** @param {string} target */
function talkTo(target) {
  to.value = target;
  targetChanged();
  byId('text').focus();
}

function targetChanged() {
  const named = to.value === 'user' || to.value === 'client';
  input('to-name').hidden = !named;
  input('to-name').required = named;
  input('to-name').placeholder = to.value === 'client' ? 'Client id' : 'User id';
  for (const item of byId('rooms').children) {
    const talk = /** @type {HTMLElement} */ (item.firstElementChild);
    talk.ariaPressed = String(to.value === `room:${/** @type {HTMLElement} */ (item).dataset.room}`);
  }
}

/** @param {string} room */
async function join(room) {
  const joined = await client?.join(room);
  if (joined?.includes(room)) talkTo(`room:${room}`);
  else note(`The server does not let you into ${room}`);
}

/** @param {string} room */
function leave(room) {
  if (client) {
    attempt(client.leave(room));
  } else {
    remember({ rooms: remembered().rooms?.filter((other) => other !== room) });
    roomsChanged();
  }
  byId('room').focus(); // the button that had it is gone
}

function say() {
  const [kind, text, name] = [to.value, input('text').value, input('to-name').value];
  if (kind.startsWith('room:')) client?.publish({ room: kind.slice('room:'.length) }, text);
  else if (kind === 'user') client?.publish({ user: name }, text);
  else if (kind === 'client') client?.publish({ client: name }, text);
  else client?.publish(null, text);
  // A room and everyone include the sender, so these come back as a message.
  if (kind === 'user' || kind === 'client') {
    messages.add({ at: new Date(), text, who: 'you', where: `to ${kind} ${name}`, data: { kind: 'sent' } });
  }
}

/** @param {string} id @param {() => void | Promise<void>} submitted */
function onSubmit(id, submitted) {
  byId(id).addEventListener('submit', (event) => {
    event.preventDefault();
    attempt((async () => submitted())());
  });
}

onSubmit('connect-form', () => {
  const [name, path, pin] = ['name', 'path', 'pin'].map((id) => input(id).value);
  connect({ name, path, encrypt: input('encrypt').checked, pin: pin.trim() }, remembered().rooms ?? []);
});
onSubmit('join-form', async () => {
  const room = input('room').value;
  await join(room);
  if (input('room').value === room) input('room').value = '';
});
onSubmit('say-form', () => {
  say();
  input('text').value = '';
});
button('disconnect').addEventListener('click', () => client?.close());
button('retry').addEventListener('click', () => client && attempt(client.connect()));
// The network is back: no need to wait for the delay to end.
addEventListener('online', () => client?.state === 'waiting' && attempt(client.connect()));
to.addEventListener('change', targetChanged);
input('indent').addEventListener('change', () => frames.redraw());
button('clear-frames').addEventListener('click', () => frames.clear());

const { name, path, encrypt = false, pin = '', rooms = [], on } = remembered();
if (name !== undefined) input('name').value = name;
if (path !== undefined) input('path').value = path;
input('encrypt').checked = encrypt;
input('pin').value = pin;
if (on && name !== undefined && path !== undefined) connect({ name, path, encrypt, pin }, rooms);
roomsChanged();
