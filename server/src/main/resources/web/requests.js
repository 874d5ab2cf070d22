/** The server answered with an error, or there was no answer; `closeCode` is set where the connection's end is the reason. */
export class RoomcastError extends Error {
  name = 'RoomcastError';

  /** @param {string} message @param {number} [closeCode] */
  constructor(message, closeCode) {
    super(message);
    this.closeCode = closeCode;
  }
}

/** The server's answer was an error, and that is its decision. */
export class Refusal extends RoomcastError {}

/** The server's answer was that it failed, so nothing is decided. */
export class Failure extends RoomcastError {}

/** What a server answers whose application threw, in these words. */
const FAILED = 'Internal error';

/** Requests that wait for the answer with their id. Each ends exactly once: answered, expired, or rejected at the close. */
export class Requests {
  #timers;
  #lastId = 0;
  /** @type {Map<string, { resolve(data: any): void, reject(error: Error): void, timer: any }>} */
  #waiting = new Map();

  /** @param {import('./types.js').Timers} timers */
  constructor(timers) {
    this.#timers = timers;
  }

  /** An id that was never used before, also not on an earlier connection: a late answer can meet no later request. */
  nextId() {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  /**
   * @param {string} id
   * @param {number} timeout milliseconds; Infinity waits until the close
   * @returns {Promise<any>} the data of the answer; rejected with a {@link RoomcastError}
   */
  answerTo(id, timeout) {
    return new Promise((resolve, reject) => {
      const expire = () => {
        this.#waiting.delete(id);
        reject(new RoomcastError('No answer'));
      };
      const timer = timeout === Infinity ? null : this.#timers.setTimeout(expire, timeout);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }

  /** @param {import('./types.js').Envelope} envelope @returns {boolean} whether it answered one of ours */
  settle({ event, data, id }) {
    const request = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || request === undefined) return false;
    this.#waiting.delete(id);
    this.#timers.clearTimeout(request.timer);
    if (event === 'error') request.reject(data.message === FAILED ? new Failure(FAILED) : new Refusal(data.message));
    else request.resolve(data);
    return true;
  }

  /** @param {RoomcastError} error */
  rejectAll(error) {
    const requests = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of requests) {
      this.#timers.clearTimeout(timer);
      reject(error);
    }
  }
}
