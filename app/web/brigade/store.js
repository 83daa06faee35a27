/** What the tablet keeps: registrations and their photos, sealed until the server has them. */

import { freshId } from "../scanner/fresh-id.js";
import { finished, KEPT, SealedRooms, settled } from "../scanner/sealed-rooms.js";

const NAME = "vereda-brigade";
const VERSION = 1;
const CASES = "cases";
const FILES = "files";

/** States in which a registration is on this tablet alone: to wipe them is to lose them. */
export const UNSENT = new Set(["draft", "waiting", "refused"]);

/**
 * Open the store.
 * @param {IDBFactory} factory `indexedDB`, or a stand-in.
 * @param {string} [name] another name for another tablet in a test.
 * @returns {Promise<Store>}
 */
export async function openStore(factory, name = NAME) {
  const opening = factory.open(name, VERSION);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(KEPT);
    opening.result.createObjectStore(CASES, { keyPath: "id" });
    opening.result.createObjectStore(FILES, { keyPath: "place" });
  };
  const store = new Store(await settled(opening));
  await store.prepare();
  return store;
}

/**
 * A registration as it is sent; `typed` holds texts by step and field, as the wizard's forms do.
 * @typedef {{id: string, facilitator: string, programme: string, language: string,
 *   typed: Record<string, Record<string, string[]>>}} Case
 */

/**
 * What the list shows of one; `stamp` changes with every writing, `case` is null where nothing is
 * kept of it any more, or what is kept is damaged.
 * @typedef {{id: string, state: string, at: number, stamp: string, receipt?: string,
 *   faults?: {step: string, words: string}[], note?: string, damaged?: boolean,
 *   case: Case | null}} Kept
 */

/** What the tablet keeps beside the small things: registrations and their photos. */
export class Store extends SealedRooms {
  /** Write a registration down; it is on disk when this resolves. @param {Case} one @param {string} state */
  async save(one, state) {
    const sealed = await this.seal(one.id, one);
    const transaction = this.open(CASES, "readwrite");
    transaction.objectStore(CASES).put({ id: one.id, state, at: Date.now(), stamp: freshId(), sealed });
    await finished(transaction);
  }

  async #opened({ sealed, ...row }) {
    const found = await this.unseal(row.id, sealed);
    return { ...row, case: found, damaged: Boolean(sealed) && found === null };
  }

  /** Every registration, the oldest first. @returns {Promise<Kept[]>} */
  async list() {
    const rows = await settled(this.open(CASES, "readonly").objectStore(CASES).getAll());
    const opened = await Promise.all(rows.map((row) => this.#opened(row)));
    return opened.sort((one, other) => one.at - other.at);
  }

  /** One, or null. @param {string} id @returns {Promise<Kept | null>} */
  async read(id) {
    const row = await settled(this.open(CASES, "readonly").objectStore(CASES).get(id));
    return row ? this.#opened(row) : null;
  }

  /** Keep a photo of a registration. @param {string} id @param {string} kind @param {string} base64 */
  async saveFile(id, kind, base64) {
    const place = `${id}/${kind}`;
    const sealed = await this.seal(place, base64);
    const transaction = this.open(FILES, "readwrite");
    transaction.objectStore(FILES).put({ place, kind, sealed });
    await finished(transaction);
  }

  /** Its photos, [kind, base64], in the order of their kinds; a damaged one is null. @param {string} id */
  async files(id) {
    const range = IDBKeyRange.bound(`${id}/`, `${id}/\uffff`);
    const rows = await settled(this.open(FILES, "readonly").objectStore(FILES).getAll(range));
    return Promise.all(rows.map(async ({ place, kind, sealed }) => [kind, await this.unseal(place, sealed)]));
  }

  /**
   * Remember what the server said about a writing; one that was written anew meanwhile stays.
   * @param {string} id
   * @param {string} stamp of what was sent.
   * @param {object} change the new `state`, and what goes with it.
   * @param {boolean} forget whether the registration and its photos go from the tablet.
   */
  async note(id, stamp, change, forget = false) {
    const transaction = this.open([CASES, FILES], "readwrite");
    const room = transaction.objectStore(CASES);
    const row = await settled(room.get(id));
    if (row?.stamp === stamp) {
      const { sealed, ...rest } = row;
      room.put({ ...rest, ...(forget ? {} : { sealed }), faults: [], note: "", ...change });
      if (forget) transaction.objectStore(FILES).delete(IDBKeyRange.bound(`${id}/`, `${id}/\uffff`));
    }
    await finished(transaction);
  }

  /** How many registrations are on this tablet alone. */
  async countUnsent() {
    const rows = await settled(this.open(CASES, "readonly").objectStore(CASES).getAll());
    return rows.filter(({ state }) => UNSENT.has(state)).length;
  }
}
