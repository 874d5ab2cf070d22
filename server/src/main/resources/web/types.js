/**
 * The types that users of roomcast.js meet. For editors and type checkers: no browser loads this file.
 *
 * @typedef {'disconnected' | 'connecting' | 'authenticating' | 'authenticated' | 'waiting'} State
 * @typedef {{ event: string, data?: any, id?: string }} Envelope
 * @typedef {{ id: string, userId?: string, time: string, serverPublicKey?: string, salt?: string, signature?: string }} Session
 * @typedef {{ room: string } | { user: string } | { client: string }} Target
 * @typedef {{ setTimeout(task: () => void, millis: number): any, clearTimeout(timer: any): void }} Timers
 *
 * @typedef {object} Options
 * @property {string | (() => string | Promise<string>)} [token] a function is asked before each attempt to connect
 * @property {string} [type] what kind of token it is; `Bearer` if absent
 * @property {() => object | Promise<object>} [credentials] all the data of `authenticate`, instead of `token` and `type`
 * @property {Iterable<string>} [rooms] joined as soon as connected, as if they had been joined before
 * @property {true | import('./encryption.js').EncryptionOptions} [encryption] never without it: a server that does not encrypt is refused
 * @property {number} [connectTimeout] milliseconds from an attempt until admitted, 20 s; the server's own limits lie below
 * @property {number} [requestTimeout] milliseconds until a request without an answer is rejected, 10 s
 * @property {number} [heartbeatInterval] milliseconds, 30 s; the server closes after 90 s of silence
 * @property {number} [answerTimeout] milliseconds that a server may be silent once it was asked for an answer, which it is after a heartbeatInterval
 *   without a word, 30 s; Infinity for ever. More than its slowest handler takes, as it answers in order, and than its largest message takes to come
 * @property {import('./backoff.js').Backoff} [backoff]
 * @property {typeof globalThis.WebSocket} [WebSocket]
 * @property {Timers} [timers]
 */
export {};
