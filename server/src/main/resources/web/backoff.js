/**
 * How long to wait before the next attempt: exponential backoff with full jitter, a random delay between
 * nothing and a ceiling that doubles with each failure (Marc Brooker, "Exponential Backoff and Jitter",
 * AWS Architecture Blog, 2015). The jitter is what keeps ten thousand clients of a restarted server apart.
 */
export class Backoff {
  #base;
  #cap;
  #random;
  #failures = 0;

  /**
   * @param {object} [options]
   * @param {number} [options.base] first ceiling in milliseconds
   * @param {number} [options.cap] highest ceiling in milliseconds
   * @param {() => number} [options.random] from 0 to below 1
   */
  constructor({ base = 500, cap = 30_000, random = Math.random } = {}) {
    this.#base = base;
    this.#cap = cap;
    this.#random = random;
  }

  /**
   * Counts a failure.
   * @param {import('./close-codes.js').Retry} retry
   * @returns {number | null} milliseconds until the next attempt; null if there is to be none, which forgets all failures
   */
  delay(retry) {
    const ceiling = Math.min(this.#cap, this.#base * 2 ** this.#failures);
    this.#failures += 1;
    switch (retry) {
      case 'backoff':
        return this.#random() * ceiling;
      case 'later':
        return (this.#cap * (1 + this.#random())) / 2;
      case 'never':
        this.reset();
        return null;
    }
  }

  /** @returns {Backoff} one of the same delays, for something else that may fail */
  another() {
    return new Backoff({ base: this.#base, cap: this.#cap, random: this.#random });
  }

  /** The next failure counts as the first. */
  reset() {
    this.#failures = 0;
  }
}
