/** What is typed at a gate without a network: kept sealed on the phone, sent once, never lost. */
import { KEPT, SealedRooms, settled } from "../../../scanner/sealed-rooms.js";

/**
 * Open the room of a gate's phone.
 * @param {IDBFactory} factory the browser's, or a stand-in.
 * @param {string} [name] another name for another phone in a test.
 */
export async function openRooms(factory, name = "vereda-gate") {
  const opening = factory.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(KEPT);
  const rooms = new SealedRooms(await settled(opening));
  await rooms.prepare();
  return rooms;
}

export class GateQueue {
  #running = null;

  /**
   * @param {SealedRooms} rooms
   * @param {string} address where the form goes
   * @param {typeof fetch} send
   */
  constructor(rooms, address, send) {
    this.rooms = rooms;
    this.address = address;
    this.send = send;
  }

  /** What waits, the oldest first. @returns {Promise<[string, string][][]>} */
  async list() {
    return (await this.rooms.unseal(this.address, await this.rooms.get(this.address))) ?? [];
  }

  async #keep(waiting) {
    const sealed = waiting.length ? await this.rooms.seal(this.address, waiting) : undefined;
    await this.rooms.put(this.address, sealed);
  }

  /**
   * Keep a form's fields; the hour of the phone goes along, since it is sent later.
   * @param {[string, string][]} fields
   * @param {Date} at
   */
  async add(fields, at) {
    const typed = fields.filter(([name]) => name !== "happened_at" && name !== "offline");
    const kept = [...typed, ["happened_at", at.toISOString()], ["offline", "yes"]];
    await this.#keep([...(await this.list()), kept]);
  }

  /**
   * Send what waits, one after the other; whatever is answered leaves the queue.
   * @returns {Promise<{left: number, refused: string[]}>} `refused` are numbers that nobody has.
   */
  async flush() {
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #drain() {
    const refused = [];
    for (const fields of await this.list()) {
      const status = await this.#sendOne(fields);
      if (status === "away") break;
      if (status === "refused") refused.push(fields.find(([name]) => name === "text")?.[1] ?? "");
      await this.#keep((await this.list()).slice(1));
    }
    return { left: (await this.list()).length, refused };
  }

  /**
   * The gate leads back to itself with what it noted: nothing else is kept. Whose session is over
   * is led to the sign-in, and what is typed goes on waiting. A wrong number is answered with 422.
   */
  async #sendOne(fields) {
    try {
      const reply = await this.send(this.address, { method: "POST", body: new URLSearchParams(fields) });
      if (reply.status === 422) return "refused";
      if (!reply.ok || !reply.redirected) return "away";
      const there = new URL(reply.url);
      const back = there.pathname === new URL(this.address, reply.url).pathname;
      return back && there.searchParams.has("hecho") ? "kept" : "away";
    } catch {
      return "away";
    }
  }
}
