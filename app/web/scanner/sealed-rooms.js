/** A device's database: rooms of IndexedDB whose writes are on disk, and a key that seals. */

import { makeSealKey, seal, unseal } from "./seals.js";

/** The room of small things, each under a name. */
export const KEPT = "kept";

/** Under which name the key of the seals is kept. */
export const SEAL_KEY = "seal-key";

/** The answer of a request of IndexedDB. @param {IDBRequest} request @returns {Promise<any>} */
export function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves once the transaction is on disk, not merely once the request was accepted. */
export function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Reads and writes of a device's database; every write waits for the disk. */
export class SealedRooms {
  #key = null;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    // A newer page in another tab may need to upgrade: let go instead of blocking it.
    database.onversionchange = () => database.close();
  }

  /** A transaction over these rooms. @param {string | string[]} rooms @param {IDBTransactionMode} mode */
  open(rooms, mode) {
    const options = mode === "readwrite" ? { durability: "strict" } : {};
    return this.database.transaction(rooms, mode, options);
  }

  /** Have the key of the seals, the same in every tab. */
  async prepare() {
    const made = (await this.get(SEAL_KEY)) ?? (await makeSealKey());
    this.#key = await this.change(SEAL_KEY, (old) => old ?? made);
  }

  /** Seal a value that names somebody. @param {string} place @param {unknown} value */
  async seal(place, value) {
    return seal(this.#key, place, value);
  }

  /** Open it again; null where it is damaged. @param {string} place */
  async unseal(place, sealed) {
    return sealed ? unseal(this.#key, place, sealed) : null;
  }

  /** The kept value, or undefined. @param {string} key */
  async get(key) {
    return settled(this.open(KEPT, "readonly").objectStore(KEPT).get(key));
  }

  /** Every kept value whose key starts so, as [key, value]. @param {string} prefix */
  async list(prefix) {
    const room = this.open(KEPT, "readonly").objectStore(KEPT);
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const [keys, values] = await Promise.all([
      settled(room.getAllKeys(range)),
      settled(room.getAll(range)),
    ]);
    return keys.map((key, index) => [key, values[index]]);
  }

  /**
   * Keep a value.
   * @param {string} key
   * @param {unknown} value anything that can be cloned; undefined forgets it.
   */
  async put(key, value) {
    const transaction = this.open(KEPT, "readwrite");
    const room = transaction.objectStore(KEPT);
    if (value === undefined) room.delete(key);
    else room.put(value, key);
    await finished(transaction);
  }

  /**
   * Change a kept value with nothing else in between, in this tab or another.
   * @param {string} key
   * @param {(old: any) => any} change gives the new value; the same object leaves it as it is.
   * @returns {Promise<any>} the value that is kept now.
   */
  async change(key, change) {
    const transaction = this.open(KEPT, "readwrite");
    const room = transaction.objectStore(KEPT);
    const old = await settled(room.get(key));
    const value = change(old);
    if (value !== old) room.put(value, key);
    await finished(transaction);
    return value;
  }

  /** Delete the whole database; nothing can be kept or read any more. @param {IDBFactory} factory */
  async destroy(factory) {
    this.database.close();
    // Another tab that still has it open lets go on its own; the deletion waits for that.
    await settled(factory.deleteDatabase(this.database.name));
  }
}
