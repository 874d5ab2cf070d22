/** What the page shows. All text goes in as text, never as markup: it comes from strangers. */
import { indented, tokens } from './json-text.js';

/** @template {HTMLElement} [T=HTMLElement] @param {string} id @returns {T} */
export const byId = (id) => /** @type {T} */ (document.getElementById(id));

/** @param {string} tag @param {string} className @param {...(string | Node)} content */
export function element(tag, className, ...content) {
  const created = document.createElement(tag);
  if (className) created.className = className;
  created.append(...content);
  return created;
}

/** @param {string} className @param {string} label @param {string} description @param {() => void} pressed */
function button(className, label, description, pressed) {
  const created = /** @type {HTMLButtonElement} */ (element('button', className, label));
  created.type = 'button';
  created.ariaLabel = description;
  created.title = description;
  created.addEventListener('click', pressed);
  return created;
}

const CLOCK = new Intl.DateTimeFormat([], { timeStyle: 'short' });
const STOPWATCH = new Intl.DateTimeFormat([], {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** @param {Date} at @param {Intl.DateTimeFormat} format */
function time(at, format) {
  const created = /** @type {HTMLTimeElement} */ (element('time', '', format.format(at)));
  created.dateTime = at.toISOString();
  return created;
}

/**
 * @typedef {object} Line one line of the conversation
 * @property {Date} at
 * @property {string} text
 * @property {string} [who]
 * @property {string} [where]
 * @property {Record<string, string>} data attributes for tests and style; `kind` is always there
 */

/** @param {Line} line */
export function line({ at, text, who, where, data }) {
  const head = element('span', 'head');
  if (who !== undefined) head.append(element('strong', 'who', who), ' ');
  if (where !== undefined) head.append(element('span', 'where', where), ' ');
  head.append(time(at, CLOCK));
  const item = element('li', '', head, ' ', element('span', 'text', text));
  Object.assign(item.dataset, data);
  return item;
}

/**
 * @typedef {object} Frame
 * @property {Date} at
 * @property {'in' | 'out'} direction
 * @property {string} text as it travelled
 * @property {string} [meant] what that means, where it is encrypted
 */

/** @param {Frame} frame @param {boolean} indent */
export function frame({ at, direction, text, meant }, indent) {
  const item = element('li', '', time(at, STOPWATCH), ' ', element('span', 'direction', direction), ' ', code('frame', text, indent));
  if (meant !== undefined) item.append(code('frame meant', meant, indent));
  item.dataset.direction = direction;
  item.dataset.event = eventOf(meant ?? text);
  return item;
}

/** @param {string} className @param {string} text @param {boolean} indent */
function code(className, text, indent) {
  const parts = indent ? indented(tokens(text)) : tokens(text);
  return element('code', className, ...parts.map((part) => element('span', part.kind, part.text)));
}

/** @param {string} text @returns {string} empty if it has none */
function eventOf(text) {
  try {
    return String(JSON.parse(text).event);
  } catch {
    return '';
  }
}

/**
 * Brings the list of rooms up to date; what stays keeps its element, and so the focus.
 * @param {string[]} rooms @param {(room: string) => void} talk @param {(room: string) => void} leave
 */
export function showRooms(rooms, talk, leave) {
  const list = byId('rooms');
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  items.filter(({ dataset }) => !rooms.includes(dataset.room ?? '')).forEach((item) => item.remove());
  const shown = items.map(({ dataset }) => dataset.room);
  for (const room of rooms.filter((room) => !shown.includes(room))) {
    const item = element(
      'li',
      '',
      button('talk', room, `Talk to ${room}`, () => talk(room)),
      button('leave quiet', '×', `Leave ${room}`, () => leave(room)),
    );
    item.dataset.room = room;
    list.append(item);
  }
  byId('no-rooms').hidden = rooms.length > 0;
}

/** Offers the rooms as whom to talk to; keeps the choice as long as it is there, or else takes the newest room.
 * @param {string[]} rooms
 */
export function offerRooms(rooms) {
  /** @type {HTMLSelectElement} */
  const to = byId('to');
  const chosen = to.value;
  byId('to-rooms').replaceChildren(...rooms.map((room) => new Option(room, `room:${room}`)));
  to.value = chosen;
  if (to.selectedIndex < 0 || chosen === '') to.value = rooms.length > 0 ? `room:${rooms.at(-1)}` : '';
}
