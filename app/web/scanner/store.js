/** What the device keeps: small settings and signed lists, and what is not yet sent, sealed. */

import { finished, KEPT, SealedRooms, settled } from "./sealed-rooms.js";

export { SEAL_KEY } from "./sealed-rooms.js";

const NAME = "vereda-scanner";
const VERSION = 2;
const WAITING = "waiting";

/** Where the first version kept crossings, in clear. */
const CLEAR = "crossings";

/**
 * Open the store; crossings that a former version kept in clear are sealed first.
 * @param {IDBFactory} factory `indexedDB`, or a stand-in.
 * @param {string} [name] another name for another device in a test.
 * @returns {Promise<Store>}
 */
export async function openStore(factory, name = NAME) {
  const opening = factory.open(name, VERSION);
  opening.onupgradeneeded = () => {
    const { objectStoreNames: rooms } = opening.result;
    if (!rooms.contains(KEPT)) opening.result.createObjectStore(KEPT);
    const waiting = opening.result.createObjectStore(WAITING, { keyPath: "place", autoIncrement: true });
    waiting.createIndex("id", "id", { unique: true });
  };
  const store = new Store(await settled(opening));
  await store.prepare();
  return store;
}

/** What the scanner keeps beside the small things: crossings that wait. */
export class Store extends SealedRooms {
  /** Have the key of the seals, the same in every tab, and nothing left in clear. */
  async prepare() {
    await super.prepare();
    if (this.database.objectStoreNames.contains(CLEAR)) await this.#sealOld();
  }

  async #sealOld() {
    const old = await settled(this.open(CLEAR, "readonly").objectStore(CLEAR).getAll());
    const sealed = await Promise.all(old.map((crossing) => this.#sealed(crossing)));
    const transaction = this.open([CLEAR, WAITING], "readwrite");
    for (const one of sealed) {
      // Another tab may have been faster.
      if (!(await settled(transaction.objectStore(CLEAR).getKey(one.id)))) continue;
      transaction.objectStore(WAITING).add(one);
      transaction.objectStore(CLEAR).delete(one.id);
    }
    await finished(transaction);
  }

  async #sealed(crossing) {
    return { id: crossing.id, sealed: await this.seal(crossing.id, crossing) };
  }

  /** Forget everything that is kept but what stands under these names. @param {string[]} names */
  async forgetAllBut(names) {
    const transaction = this.open(KEPT, "readwrite");
    const room = transaction.objectStore(KEPT);
    for (const name of await settled(room.getAllKeys())) if (!names.includes(name)) room.delete(name);
    await finished(transaction);
  }

  /** Keep a crossing until the server has it. @param {{id: string}} crossing */
  async addCrossing(crossing) {
    const sealed = await this.#sealed(crossing);
    const transaction = this.open(WAITING, "readwrite");
    transaction.objectStore(WAITING).add(sealed);
    await finished(transaction);
  }

  async #waiting(limit) {
    const rows = await settled(this.open(WAITING, "readonly").objectStore(WAITING).getAll(null, limit));
    const opened = rows.map(async ({ place, id, sealed }) => ({ place, crossing: await this.unseal(id, sealed) }));
    // A damaged one cannot be sent; it stays, and the number of those that wait shows it.
    return (await Promise.all(opened)).filter(({ crossing }) => crossing !== null);
  }

  /** Crossings that wait, in the order in which they were written. @param {number} [limit] */
  async waitingCrossings(limit) {
    return (await this.#waiting(limit)).map(({ crossing }) => crossing);
  }

  /** How many crossings wait. */
  async countCrossings() {
    return settled(this.open(WAITING, "readonly").objectStore(WAITING).count());
  }

  /** Crossings that wait go out under another name of this same device. @param {string} device */
  async renameCrossings(device) {
    const waiting = await this.#waiting();
    const renamed = await Promise.all(
      waiting.map(async ({ place, crossing }) => ({
        place,
        ...(await this.#sealed({ ...crossing, device_id: device })),
      })),
    );
    const transaction = this.open(WAITING, "readwrite");
    const room = transaction.objectStore(WAITING);
    // What the server has answered for meanwhile does not come back.
    for (const one of renamed) if (await settled(room.getKey(one.place))) room.put(one);
    await finished(transaction);
  }

  /** Let go of crossings that the server answered for. @param {string[]} ids */
  async removeCrossings(ids) {
    const transaction = this.open(WAITING, "readwrite");
    const room = transaction.objectStore(WAITING);
    const places = await Promise.all(ids.map((id) => settled(room.index("id").getKey(id))));
    for (const place of places) if (place !== undefined) room.delete(place);
    await finished(transaction);
  }
}
