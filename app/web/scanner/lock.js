/**
 * The lock of a shared device: after five idle minutes the PIN is asked again, with no network too.
 *
 * What it protects: a device that lies about, from whoever picks it up. What it does not: a PIN of
 * six digits can be tried out by somebody who copies the browser's files with the key in them, and
 * the lists on the device are no secret. The server's session is apart: it ends when the device is
 * revoked, wherever this lock stands.
 */

/** Under which name the lock is kept. */
export const UNLOCK = "unlock";

/** Milliseconds without a touch before the scanner locks. */
export const IDLE = 5 * 60_000;

/** Wrong PINs in a row before only the server lets in again. */
export const TRIES = 5;

const ROUNDS = 310_000;

async function stretched(pin, salt, rounds) {
  const secret = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveBits(how, secret, 256);
}

/**
 * Remember who came in by a passkey: the lock closes as ever, and only the door opens it again.
 * @param {import("./store.js").Store} store
 * @param {{agent: string, name: string}} who
 * @param {number} now milliseconds.
 */
export async function rememberWithoutPin(store, who, now) {
  const sealed = await store.seal(UNLOCK, who);
  await store.put(UNLOCK, { who: sealed, byDoor: true, wrong: TRIES, touched: now, locked: false });
}

/**
 * Remember what the right PIN leads to, under a key that no script can read.
 * @param {import("./store.js").Store} store
 * @param {{agent: string, name: string}} who
 * @param {string} pin
 * @param {number} now milliseconds.
 * @param {number} [rounds] fewer in tests.
 */
export async function remember(store, who, pin, now, rounds = ROUNDS) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
  const check = await crypto.subtle.sign("HMAC", key, await stretched(pin, salt, rounds));
  const sealed = await store.seal(UNLOCK, who);
  await store.put(UNLOCK, { who: sealed, salt, rounds, key, check, wrong: 0, touched: now, locked: false });
}

/** How an attempt to unlock ended. @typedef {"opened" | "wrong" | "worn-out"} Ending */

/** Whether the device is locked, and the way out. */
export class Lock {
  /** @param {import("./store.js").Store} store @param {() => number} clock milliseconds. */
  constructor(store, clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Whether it is locked now; false where nobody came in on this device. */
  async isLocked() {
    const held = await this.store.get(UNLOCK);
    if (!held) return false;
    const idle = this.clock() - held.touched;
    // A clock that was set back is no way around the lock.
    if (!held.locked && idle >= 0 && idle < IDLE) return false;
    if (!held.locked) await this.lock();
    return true;
  }

  /** Lock at once. */
  async lock() {
    await this.store.change(UNLOCK, (old) => (old ? { ...old, locked: true } : old));
  }

  /** Somebody is at work. */
  async touch() {
    const now = this.clock();
    await this.store.change(UNLOCK, (old) => (old && !old.locked ? { ...old, touched: now } : old));
  }

  /** Whose PIN opens, and whether it still may. */
  async holder() {
    const held = await this.store.get(UNLOCK);
    if (!held) return { name: "", wornOut: true, byDoor: false };
    const who = await this.store.unseal(UNLOCK, held.who);
    return { name: who?.name ?? "", wornOut: held.wrong >= TRIES, byDoor: Boolean(held.byDoor) };
  }

  /** @param {string} pin @returns {Promise<Ending>} */
  async unlock(pin) {
    const held = await this.store.change(UNLOCK, (old) => (old ? { ...old, wrong: old.wrong + 1 } : old));
    // Counted first: closing the page during the check saves no try.
    if (!held || held.wrong > TRIES) return "worn-out";
    const bits = await stretched(pin, held.salt, held.rounds);
    if (!(await crypto.subtle.verify("HMAC", held.key, held.check, bits))) {
      return held.wrong >= TRIES ? "worn-out" : "wrong";
    }
    const touched = this.clock();
    await this.store.change(UNLOCK, (old) => ({ ...old, wrong: 0, locked: false, touched }));
    return "opened";
  }
}
