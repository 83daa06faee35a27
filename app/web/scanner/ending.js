/**
 * The end of a device: the server says that it was ended, and everything that it keeps goes.
 *
 * What it knows goes at once: keys, lists, settings, names. What it owes, crossings that were
 * never sent, is handed in under the device's own signature, where it lies apart until a
 * supervisor answers for it; then the rest goes too. A hand-in that the server refuses for good
 * keeps nothing: the device is to be empty, whatever happens (docs/decisions/0019-end-of-a-device.md).
 */

import { ask, Refused } from "./entry/asking.js";
import { CHALLENGE_URL } from "./entry/entrance.js";
import { DEVICE, DEVICE_KEY, enrolled, sign } from "./entry/keys.js";
import { plain } from "./queue.js";
import { SEAL_KEY } from "./store.js";

export const STANDING_URL = "/escaner/equipo/estado.json";
export const HAND_IN_URL = "/escaner/equipo/entrega.json";

/** The code by which the server says that a device was ended. */
export const ENDED = "revoked-device";

/** Under which name the device remembers that it was ended. */
const MARK = "ended";

/** Refusals of a hand-in that asking again would not change. */
const FINAL = new Set(["device-refused", "invalid", "body-too-large"]);

/** Most crossings in one hand-in. */
const BATCH = 200;

async function digestOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Watches whether this device was ended, and clears it. */
export class Ending {
  /**
   * @param {import("./store.js").Store} store
   * @param {typeof fetch} fetcher
   * @param {string} language
   */
  constructor(store, fetcher, language) {
    this.store = store;
    this.fetcher = fetcher;
    this.language = language;
  }

  /** Whether this device knows that it was ended. */
  async isKnown() {
    return Boolean(await this.store.get(MARK));
  }

  /**
   * Ask the server whether this device stands; from an ended one everything but the debt goes.
   * @returns {Promise<boolean>} whether it was ended; false too where nobody could be asked.
   */
  async look() {
    if (await this.isKnown()) return true;
    const device = await enrolled(this.store);
    if (!device) return false;
    try {
      await this.#ask(STANDING_URL, device, "standing");
      return false;
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== ENDED) return false;
    }
    await this.store.put(MARK, true);
    await this.store.forgetAllBut([MARK, DEVICE, DEVICE_KEY, SEAL_KEY]);
    return true;
  }

  /**
   * Hand in what was never sent.
   * @returns {Promise<number>} how many are still owed: 0 where the device may be emptied.
   */
  async settle() {
    const device = await enrolled(this.store);
    let owed = await this.store.waitingCrossings(BATCH);
    while (device && owed.length > 0) {
      const text = JSON.stringify(owed.map(plain));
      try {
        await this.#ask(HAND_IN_URL, device, "hand-in", [await digestOf(text)], { crossings: text });
      } catch (error) {
        // No network, or a server in trouble: later.
        if (!(error instanceof Refused && FINAL.has(error.code))) return this.store.countCrossings();
      }
      await this.store.removeCrossings(owed.map(({ id }) => id));
      owed = await this.store.waitingCrossings(BATCH);
    }
    return 0;
  }

  async #ask(url, { id: device, privateKey }, purpose, parts = [], more = {}) {
    const { challenge } = await ask(this.fetcher, CHALLENGE_URL, { device }, this.language);
    const signature = await sign(privateKey, purpose, device, challenge, ...parts);
    return ask(this.fetcher, url, { device, challenge, signature, ...more }, this.language);
  }
}
