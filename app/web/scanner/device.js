/** What this device knows right now, opened and verified: the material of every verdict. */

import { judgeClock, NO_MEMORY, noteNow } from "./clock.js";
import { enrolled } from "./entry/keys.js";
import { freshId } from "./fresh-id.js";
import { openLists } from "./kept-lists.js";
import { DEFAULT_FRESHNESS } from "./scans.js";

const RESULT_SECONDS = 20;

/** Settings where nothing was ever fetched. */
const NO_CONFIG = { posts: [], post: null, occupations: {}, departments: {}, programmes: {}, faces: [], halted: false };

function stricter(asked, loosest) {
  return Number.isFinite(asked) && asked >= 0 ? Math.min(asked, loosest) : loosest;
}

/** The device's knowledge; `load` after every change of the store. */
export class Device {
  /** @param {import("./store.js").Store} store */
  constructor(store) {
    this.store = store;
    this.config = NO_CONFIG;
    this.roots = [];
    this.trust = null;
    this.statusLists = new Map();
    this.clock = NO_MEMORY;
    this.post = "";
    this.id = "";
    this.muted = false;
    this.enrolled = false;
  }

  /** Read and verify everything that is kept; what does not verify counts as missing. */
  async load() {
    const [config, roots, clock, post, muted] = await Promise.all(
      ["config", "roots", "clock", "post", "muted"].map((key) => this.store.get(key)),
    );
    this.id = await this.store.change("device", (old) => old ?? freshId());
    this.enrolled = Boolean(await enrolled(this.store));
    this.config = { ...NO_CONFIG, ...config };
    this.roots = roots ?? [];
    this.clock = clock ?? NO_MEMORY;
    this.post = post ?? this.config.post ?? "";
    this.muted = Boolean(muted);
    Object.assign(this, await openLists(this.store));
  }

  /** Ages in seconds that this post allows: settings can make the rule stricter, never looser. */
  get freshness() {
    const { green_hours: green, amber_hours: amber } = this.config.freshness ?? {};
    return {
      listFresh: stricter(green * 3600, DEFAULT_FRESHNESS.listFresh),
      listUsable: stricter(amber * 3600, DEFAULT_FRESHNESS.listUsable),
      trustGrace: stricter(amber * 3600, DEFAULT_FRESHNESS.trustGrace),
    };
  }

  /** All that a verdict needs. @param {number} now seconds. @returns {import("./scans.js").Reader} */
  reader(now) {
    const { trust, statusLists, freshness, clock } = this;
    return { trust, statusLists, freshness, now, latest: clock.floor, post: this.post || null };
  }

  /** How long a verdict stays on the screen, in seconds. */
  get resultSeconds() {
    const seconds = this.config.result_seconds;
    return Number.isFinite(seconds) && seconds > 0 ? seconds : RESULT_SECONDS;
  }

  /** When the oldest list that is needed was issued, in seconds; null where one is missing. */
  get listsIssuedAt() {
    if (!this.trust || this.statusLists.size === 0) return null;
    return Math.min(...Array.from(this.statusLists.values(), (list) => list.iat));
  }

  /** Whether the clock can be believed; see clock.js. @param {number} now seconds. */
  judgeClock(now) {
    return judgeClock(this.clock, now);
  }

  /** Remember that it is now, so that a clock that goes back shows. @param {number} now */
  async noteNow(now) {
    this.clock = await this.store.change("clock", (old) => noteNow(old, now));
  }

  /** Keep the chosen post. @param {string} code */
  async choosePost(code) {
    this.post = code;
    await this.store.put("post", code);
  }

  /** Keep whether the device is silent. @param {boolean} muted */
  async mute(muted) {
    this.muted = muted;
    await this.store.put("muted", muted);
  }

  /** Forget roots and lists, so that the next refresh enrols anew; crossings stay. */
  async forget() {
    for (const key of ["roots", "trust", "clock", "config"]) await this.store.put(key, undefined);
    for (const [key] of await this.store.list("status:")) await this.store.put(key, undefined);
    await this.load();
  }
}
