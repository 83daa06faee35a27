/** What the device keeps: small settings and signed lists, and the crossings not yet sent. */

const NAME = "vereda-scanner";
const VERSION = 1;
const KEPT = "kept";
const CROSSINGS = "crossings";

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves once the transaction is on disk, not merely once the request was accepted. */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * Open the store.
 * @param {IDBFactory} factory `indexedDB`, or a stand-in.
 * @param {string} [name] another name for another device in a test.
 * @returns {Promise<Store>}
 */
export async function openStore(factory, name = NAME) {
  const opening = factory.open(name, VERSION);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(KEPT);
    opening.result.createObjectStore(CROSSINGS, { keyPath: "id" });
  };
  return new Store(await settled(opening));
}

/** Reads and writes of the device's database; every write waits for the disk. */
export class Store {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
    // A newer page in another tab may need to upgrade: let go instead of blocking it.
    database.onversionchange = () => database.close();
  }

  #open(room, mode) {
    const options = mode === "readwrite" ? { durability: "strict" } : {};
    return this.database.transaction(room, mode, options);
  }

  /** The kept value, or undefined. @param {string} key */
  async get(key) {
    return settled(this.#open(KEPT, "readonly").objectStore(KEPT).get(key));
  }

  /** Every kept value whose key starts so, as [key, value]. @param {string} prefix */
  async list(prefix) {
    const room = this.#open(KEPT, "readonly").objectStore(KEPT);
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
    const transaction = this.#open(KEPT, "readwrite");
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
    const transaction = this.#open(KEPT, "readwrite");
    const room = transaction.objectStore(KEPT);
    const old = await settled(room.get(key));
    const value = change(old);
    if (value !== old) room.put(value, key);
    await finished(transaction);
    return value;
  }

  /** Keep a crossing until the server has it. @param {{id: string}} crossing */
  async addCrossing(crossing) {
    const transaction = this.#open(CROSSINGS, "readwrite");
    transaction.objectStore(CROSSINGS).put(crossing);
    await finished(transaction);
  }

  /** All crossings that wait, oldest first. */
  async waitingCrossings() {
    const all = await settled(this.#open(CROSSINGS, "readonly").objectStore(CROSSINGS).getAll());
    return all.sort((a, b) => (a.device_time < b.device_time ? -1 : 1));
  }

  /** How many crossings wait. */
  async countCrossings() {
    return settled(this.#open(CROSSINGS, "readonly").objectStore(CROSSINGS).count());
  }

  /** Crossings that wait go out under another name of this same device. @param {string} device */
  async renameCrossings(device) {
    const waiting = await this.waitingCrossings();
    const transaction = this.#open(CROSSINGS, "readwrite");
    const room = transaction.objectStore(CROSSINGS);
    for (const crossing of waiting) room.put({ ...crossing, device_id: device });
    await finished(transaction);
  }

  /** Let go of crossings that the server answered for. @param {string[]} ids */
  async removeCrossings(ids) {
    const transaction = this.#open(CROSSINGS, "readwrite");
    for (const id of ids) transaction.objectStore(CROSSINGS).delete(id);
    await finished(transaction);
  }
}
