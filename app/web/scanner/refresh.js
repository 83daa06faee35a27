/** Fetching what a scan needs: settings of the post, the trust list, the status lists. */

import { noteServer, noteSigned } from "./clock.js";
import { PINS, pinnedRoots, rootKeys } from "./roots.js";
import { openStatusList } from "./status-list.js";
import { isBehind, openTrustList } from "./trust-list.js";

export const CONFIG_URL = "/escaner/config.json";
export const TRUST_LIST_URL = "/api/v1/trust-list";
export const STATUS_LISTS_URL = "/api/v1/status-lists";

/** Largest signed list that is taken, in bytes. */
const LARGEST = 4 * 1024 * 1024;

/** How a refresh ended. @typedef {"refreshed" | "no-network" | "sign-in" | "refused" | "roots"} Ending */

/** Which text tells of each ending. @type {Record<Ending, string>} */
export const ENDING_TEXTS = {
  refreshed: "refreshed",
  "no-network": "refresh_no_network",
  "sign-in": "refresh_sign_in",
  refused: "refresh_refused",
  roots: "refresh_roots",
};

/** A refresh stopped; `ending` says why. */
class Stopped extends Error {
  constructor(ending) {
    super(ending);
    this.ending = ending;
  }
}

/** The gravest ending last: what the person must hear about first. */
const GRAVITY = ["refreshed", "no-network", "sign-in", "refused", "roots"];

/** Brings the device up to date; what cannot be believed leaves the kept data as it was. */
export class Refresher {
  /**
   * @param {import("./store.js").Store} store
   * @param {typeof fetch} fetcher
   * @param {() => number} clock seconds since 1970.
   */
  constructor(store, fetcher, clock) {
    this.store = store;
    this.fetcher = fetcher;
    this.clock = clock;
  }

  /**
   * Fetch everything once; each part stands by itself.
   * @param {boolean} [asSomebody] false while nobody is at the device: the public lists alone, so
   *   that asking does not keep a session from running out.
   * @returns {Promise<Ending>}
   */
  async refresh(asSomebody = true) {
    const endings = [
      asSomebody ? await this.#try(() => this.#config()) : "refreshed",
      await this.#try(() => this.#trustList()),
      await this.#try(() => this.#statusLists()),
    ];
    return endings.reduce((a, b) => (GRAVITY.indexOf(b) > GRAVITY.indexOf(a) ? b : a));
  }

  async #try(part) {
    try {
      await part();
      return "refreshed";
    } catch (error) {
      return error instanceof Stopped ? error.ending : "refused";
    }
  }

  async #fetch(url, credentials) {
    let reply;
    try {
      reply = await this.fetcher(url, {
        credentials,
        cache: "no-cache",
        redirect: "error",
      });
    } catch {
      throw new Stopped("no-network");
    }
    if (reply.status === 401) throw new Stopped("sign-in");
    if (!reply.ok) throw new Stopped(reply.status >= 500 ? "no-network" : "refused");
    return reply;
  }

  async #bytes(url) {
    const bytes = new Uint8Array(await (await this.#fetch(url, "omit")).arrayBuffer());
    if (bytes.length > LARGEST) throw new Stopped("refused");
    return bytes;
  }

  /** The post's settings; the root keys in them count on the first enrolment only. */
  async #config() {
    const config = await (await this.#fetch(CONFIG_URL, "same-origin")).json();
    const now = this.clock();
    const offered = await pinnedRoots(config.roots ?? [], await this.store.get(PINS));
    const kept = await this.store.change("roots", (old) => old ?? (offered.length ? offered : old));
    const serverTime = Math.floor(Date.parse(config.server_time) / 1000);
    if (Number.isFinite(serverTime)) {
      await this.store.change("clock", (old) => noteServer(old, serverTime, now));
    }
    await this.store.put("config", config);
    const known = new Set((kept ?? []).map((root) => root.kid));
    if (!offered.some((root) => known.has(root.kid))) throw new Stopped("roots");
  }

  async #trustList() {
    const bytes = await this.#bytes(TRUST_LIST_URL);
    const held = await this.store.get("trust");
    const list = await openTrustList(bytes, await rootKeys(await this.store.get("roots")), held);
    await this.#keep("trust", { bytes, version: list.version, iat: list.iat }, isBehind);
  }

  async #statusLists() {
    const index = await (await this.#fetch(STATUS_LISTS_URL, "omit")).json();
    const kept = await this.store.get("trust");
    if (!kept) throw new Stopped("refused");
    const trust = await openTrustList(kept.bytes, await rootKeys(await this.store.get("roots")));
    for (const { uri, path } of index.items) await this.#statusList(uri, path, trust);
  }

  async #statusList(uri, path, trust) {
    if (!path.startsWith(`${STATUS_LISTS_URL}/`)) throw new Stopped("refused");
    const bytes = await this.#bytes(path);
    const key = `status:${uri}`;
    const list = await openStatusList(bytes, trust, await this.store.get(key));
    if (list.uri !== uri) throw new Stopped("refused");
    await this.#keep(key, { bytes, iat: list.iat }, (fresh, old) => fresh.iat < old.iat);
  }

  /** Keep a list unless another tab has kept a later one meanwhile; then note its instant. */
  async #keep(key, fresh, isOlder) {
    await this.store.change(key, (old) => (old && isOlder(fresh, old) ? old : fresh));
    await this.store.change("clock", (old) => noteSigned(old, fresh.iat));
  }
}
