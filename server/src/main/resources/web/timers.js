/**
 * The timers of the browser; called as members of another object the native functions themselves would refuse.
 *
 * @type {import('./types.js').Timers}
 */
export const TIMERS = {
  setTimeout: (task, millis) => setTimeout(task, millis),
  clearTimeout: (timer) => clearTimeout(timer),
};
