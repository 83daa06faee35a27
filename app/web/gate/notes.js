/** Notes of a gate: kept sealed on the phone until the service has answered for each, sent once. */

import { freshId } from "../scanner/fresh-id.js";

/** So many are sent at once; the service takes two hundred. */
const BATCH = 50;

/** How long an answer may take, in milliseconds: a network that is none says nothing for ever. */
const PATIENCE = 20_000;

/** What the service says of a body that it cannot read at all. */
const UNREADABLE = new Set([400, 413, 422]);

/**
 * One entry or exit; no name of anybody.
 * @typedef {object} Note
 * @property {string} id
 * @property {"entry" | "exit"} direction
 * @property {string} at when, by this phone's clock, or as it stood on paper.
 * @property {boolean} [paper]
 * @property {string} [text] a permit's or a worker's number.
 * @property {string} [hand] who was ticked in the list.
 * @property {string} [told] why the service did not note it; such a one waits for a person.
 */

/** @typedef {"" | "away" | "enter" | "later" | "ended"} Held why what waits was not sent. */

/** @typedef {{id: string, belonging: string, words: string}} Noted */

/** What waits at one gate; one send at a time, in this tab and in any other. */
export class GateNotes {
  #running = Promise.resolve();
  #next = null;

  /**
   * @param {import("../scanner/sealed-rooms.js").SealedRooms} rooms
   * @param {string} place of the gate (`placeOf`).
   * @param {string} url where notes are sent.
   * @param {typeof fetch} send
   * @param {LockManager | undefined} [locks]
   */
  constructor(rooms, place, url, send, locks = undefined) {
    Object.assign(this, { rooms, place, url, send, locks });
  }

  #key(id) {
    return `note:${this.place}:${id}`;
  }

  async #keep(note) {
    const key = this.#key(note.id);
    await this.rooms.put(key, await this.rooms.seal(key, note));
  }

  /** Keep a note. @param {Omit<Note, "id" | "at">} said @param {Date} at @returns {Promise<string>} its id */
  async add(said, at) {
    const note = { ...said, id: freshId(), at: at.toISOString() };
    await this.#keep(note);
    return note.id;
  }

  /** Let go of one that a person has dealt with. @param {string} id */
  async drop(id) {
    await this.rooms.put(this.#key(id), undefined);
  }

  /** Everything on this phone, the oldest first. @returns {Promise<Note[]>} */
  async list() {
    const sealed = await this.rooms.list(`note:${this.place}:`);
    const opened = await Promise.all(sealed.map(([key, value]) => this.rooms.unseal(key, value)));
    return opened.filter(Boolean).sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /**
   * Send what waits; whatever is answered leaves the phone, or is marked with the reason. A call
   * during a sending begins one more after it, so that nothing that was just noted is passed over.
   * @returns {Promise<{held: Held, noted: Noted[]}>}
   */
  async flush() {
    this.#next ??= this.#running.then(() => {
      this.#next = null;
      const sending = this.#alone();
      this.#running = sending.catch(() => {});
      return sending;
    });
    return this.#next;
  }

  async #alone() {
    const drain = () => this.#drain();
    return this.locks ? this.locks.request(`vereda-gate-${this.place}`, drain) : drain();
  }

  async #drain() {
    const noted = [];
    let held = "";
    while (!held) {
      const waiting = (await this.list()).filter(({ told }) => told === undefined).slice(0, BATCH);
      if (waiting.length === 0) break;
      held = await this.#sendSome(waiting, noted);
    }
    return { held, noted };
  }

  async #sendSome(batch, noted) {
    const reply = await this.#ask(batch);
    if (reply === null) return "away";
    if (reply.status === 401 || reply.status === 403) return "enter";
    if (reply.status === 404) return "ended";
    if (UNREADABLE.has(reply.status)) return this.#without(batch, noted);
    const items = reply.ok ? await reply.json().then(({ items: told }) => told, () => null) : null;
    if (!Array.isArray(items)) return "later";
    return this.#take(batch, items, noted);
  }

  /** One note that cannot be read at all must not hold back the others. */
  async #without(batch, noted) {
    if (batch.length === 1) {
      await this.#keep({ ...batch[0], told: "" });
      return "";
    }
    for (const one of batch) {
      const held = await this.#sendSome([one], noted);
      if (held) return held;
    }
    return "";
  }

  async #ask(batch) {
    // The same note always says the same; what the clock says now lets the service set its hour right.
    const notes = batch.map(({ id, direction, at, text = "", hand = null, paper = false }) => ({
      id,
      direction,
      happened_at: at,
      text,
      hand,
      paper,
    }));
    const how = { method: "POST", credentials: "same-origin", redirect: "error" };
    const headers = { "Content-Type": "application/json" };
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const body = JSON.stringify({ sent_at: new Date().toISOString(), notes });
      return await this.send(this.url, { ...how, headers, body, signal: patience.signal });
    } catch {
      return null;
    } finally {
      clearTimeout(over);
    }
  }

  async #take(batch, items, noted) {
    const sent = new Map(batch.map((note) => [note.id, note]));
    let gone = false;
    for (const { id, belonging, words, wait } of items) {
      const note = sent.get(id);
      if (!note || wait) continue;
      gone = true;
      if (belonging === null) await this.#keep({ ...note, told: words });
      else {
        await this.drop(id);
        noted.push({ id, belonging, words });
      }
    }
    return gone ? "" : "later";
  }
}
