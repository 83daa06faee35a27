/** Whether the device's clock can be believed: against the server, itself, and the signed lists. */

/** A difference above this is a wrong clock, in seconds. */
export const TOLERANCE = 300;

/**
 * What is remembered about clocks; all instants are seconds since 1970.
 * @typedef {object} ClockMemory
 * @property {number} floor the highest signed iat ever seen: time cannot be before it.
 * @property {number} lastSeen the latest device time that this page has noted.
 * @property {number | null} offset server time − device time at the last contact.
 */

/** A device that knows nothing yet. @type {ClockMemory} */
export const NO_MEMORY = Object.freeze({ floor: 0, lastSeen: 0, offset: null });

/**
 * Take in a signed instant; it only ever moves forward.
 * @param {ClockMemory | undefined} memory
 * @param {number} iat
 * @returns {ClockMemory}
 */
export function noteSigned(memory = NO_MEMORY, iat) {
  return iat > memory.floor ? { ...memory, floor: iat } : memory;
}

/**
 * Take in the server's clock.
 * @param {ClockMemory | undefined} memory
 * @param {number} serverTime
 * @param {number} now
 * @returns {ClockMemory}
 */
export function noteServer(memory = NO_MEMORY, serverTime, now) {
  return { ...memory, offset: serverTime - now, lastSeen: now };
}

/**
 * Note that it is now; a clock that went back leaves the mark where it was.
 * @param {ClockMemory | undefined} memory
 * @param {number} now
 * @returns {ClockMemory}
 */
export function noteNow(memory = NO_MEMORY, now) {
  return now > memory.lastSeen ? { ...memory, lastSeen: now } : memory;
}

/**
 * Judge the clock.
 * @param {ClockMemory | undefined} memory
 * @param {number} now
 * @returns {"right" | "unchecked" | "differs" | "went-back" | "before-lists"} the gravest finding;
 *   `unchecked` until the server was heard once.
 */
export function judgeClock(memory = NO_MEMORY, now) {
  if (now < memory.floor - TOLERANCE) return "before-lists";
  if (now < memory.lastSeen - TOLERANCE) return "went-back";
  if (memory.offset === null) return "unchecked";
  return Math.abs(memory.offset) > TOLERANCE ? "differs" : "right";
}
