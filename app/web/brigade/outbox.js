/** A registration's way to the server: kept until answered, never twice counted, never lost. */

/** Where registrations are sent. */
export const CASES_URL = "/brigada/casos.json";

/** The bytes of a photo. @param {string} base64 */
function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Sends what waits, the oldest first; one send at a time, in this tab and in any other. */
export class Outbox {
  #running = null;

  /**
   * @param {import("./store.js").Store} store
   * @param {typeof fetch} send
   * @param {(state: OutboxState) => void} tell called after every change.
   * @param {LockManager | undefined} [locks]
   * @typedef {object} OutboxState
   * @property {"" | "away" | "enter" | "later"} held why what waits was not sent; "" for nothing.
   */
  constructor(store, send, tell, locks = undefined) {
    this.store = store;
    this.send = send;
    this.tell = tell;
    this.locks = locks;
  }

  /** Send everything that waits. @returns {Promise<void>} */
  async flush() {
    this.#running ??= this.#alone().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #alone() {
    if (this.locks) await this.locks.request("vereda-brigade-outbox", () => this.#drain());
    else await this.#drain();
  }

  async #drain() {
    const waiting = (await this.store.list()).filter((one) => one.state === "waiting" && one.case);
    for (const one of waiting) {
      const held = await this.#sendOne(one);
      this.tell({ held });
      if (held) return;
    }
    this.tell({ held: "" });
  }

  /** The same registration always goes out with the same bytes, so that a second sending is known. */
  async #form({ id, case: written }) {
    const form = new FormData();
    form.append("caso", JSON.stringify(written));
    for (const [kind, data] of await this.store.files(id)) {
      if (data !== null) form.append(kind, new Blob([bytesOf(data)], { type: "image/jpeg" }), `${kind}.jpg`);
    }
    return form;
  }

  /** Send one and remember the answer; why the others must wait, "" where they need not. */
  async #sendOne(one) {
    let reply;
    try {
      const body = await this.#form(one);
      reply = await this.send(CASES_URL, { method: "POST", credentials: "same-origin", redirect: "error", body });
    } catch {
      return "away";
    }
    if (reply.status === 401 || reply.status === 403) return "enter";
    if (reply.status === 429 || reply.status >= 500) return "later";
    const told = await reply.json().catch(() => null);
    const note = (change, forget) => this.store.note(one.id, one.stamp, change, forget);
    if (reply.status === 409) await note({ state: "waiting", note: "other" });
    else if (reply.ok && told?.receipt && told.same) await note({ state: "registered", receipt: told.receipt }, true);
    // Where the employer chooses first there is no number yet: the person is on the list, until a day.
    else if (reply.ok && told?.listed && told.same) await note({ state: "listed", until: told.listed }, true);
    else if (reply.ok && (told?.receipt || told?.listed)) await note({ state: "changed", receipt: told.receipt });
    else if (reply.status === 422 && told?.faults?.length) await note({ state: "refused", faults: told.faults });
    // A proxy's answer, or half of one: nobody knows what became of it, so it is sent again.
    else if (reply.ok || reply.status === 422) return "later";
    else await note({ state: "refused", note: "odd" });
    return "";
  }
}
