/**
 * What survives a reload of the page, in this tab only and not beyond it, since the name may be a token.
 *
 * @typedef {object} Memory
 * @property {string} [name]
 * @property {string} [path]
 * @property {boolean} [encrypt]
 * @property {string} [pin]
 * @property {string[]} [rooms]
 * @property {boolean} [on] whether to connect at once
 */

const KEY = 'roomcast';

/** @returns {Memory} */
export function remembered() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
}

/** @param {Memory} changes */
export function remember(changes) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...remembered(), ...changes }));
}
