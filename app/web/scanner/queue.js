/** The crossings' way to the server: kept on disk first, sent until answered, never twice counted. */

/** Where crossings are sent, and where alerts for minors. */
export const CROSSINGS_URL = "/api/v1/crossings";
export const ALERTS_URL = "/api/v1/child-alerts";

/** The mark of an alert in the queue; whatever has none is a crossing. */
const ALERT = "child-alert";

/** What goes first: a child waits for nobody's crossing. */
const KINDS = [
  { url: ALERTS_URL, purpose: "child-alerts", name: "alerts", holds: ({ kind }) => kind === ALERT },
  { url: CROSSINGS_URL, purpose: "crossings", name: "crossings", holds: ({ kind }) => kind !== ALERT },
];

/** Most crossings in one request. */
export const BATCH = 200;

/** Answers that speak about the request as a whole: malformed, or too large. */
const REFUSES_WHOLE = new Set([400, 413, 422]);

const ANSWERED = new Set(["recorded", "already-recorded", "refused"]);

/**
 * One entry or exit as it is sent; it carries no name.
 * @typedef {object} Crossing
 * @property {string} id a UUID that this device gave; the server records it once.
 * @property {string} permit_number
 * @property {"entry" | "exit"} direction seen from Honduras.
 * @property {string} post code of the border post.
 * @property {string} device_id
 * @property {string} device_time ISO 8601 in UTC.
 * @property {string} verdict green, amber, red or grey.
 * @property {string} reason the verdict's code.
 * @property {string | null} list_issued_at ISO 8601 in UTC; null where no list was consulted.
 * @property {boolean} offline whether the device had no network then.
 * @property {import("./minors-form.js").Minor[]} [minors] who came along, each with a parent.
 */

/**
 * Write down a crossing; it is on disk when this resolves.
 * @param {import("./store.js").Store} store
 * @param {Omit<Crossing, "id">} facts
 * @param {string} id a fresh UUID.
 * @returns {Promise<Crossing>}
 */
export async function recordCrossing(store, facts, id) {
  const crossing = { id, ...facts };
  await store.addCrossing(crossing);
  return crossing;
}

/**
 * Write down that minors came without a parent; it is on disk when this resolves.
 * @param {import("./store.js").Store} store
 * @param {object} facts post, direction, device_id, device_time, minors and permit_number or null.
 * @param {string} id a fresh UUID.
 */
export async function recordAlert(store, facts, id) {
  const alert = { id, ...facts };
  await store.addCrossing({ kind: ALERT, ...alert });
  return alert;
}

/** As the server takes it: without the queue's own mark. @param {{kind?: string}} waiting */
export function plain({ kind, ...facts }) {
  return facts;
}

/**
 * The same batch always has the same key, so that a lost answer cannot become a second request.
 * @param {string} body
 * @returns {Promise<string>}
 */
async function idempotencyKey(body) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body)));
  return Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Sends what waits; one send at a time, and no crossing leaves before its own answer. */
export class CrossingQueue {
  #running = null;
  #again = false;

  /**
   * @param {import("./store.js").Store} store
   * @param {typeof fetch} send
   * @param {(state: QueueState) => void} tell called after every change.
   * @param {(purpose: string, key: string, body: string) => Promise<string | null>} [sign] by the
   *   enrolled device.
   * @typedef {object} QueueState
   * @property {number} waiting
   * @property {boolean} signInNeeded
   * @property {boolean} enrolmentNeeded the server takes nothing from a device that is not enrolled.
   * @property {boolean | null} reached whether the last sending reached the server; null before.
   * @property {number} refused since the page was opened.
   * @property {Record<string, string>} outcomes what the server has just answered, by id.
   */
  constructor(store, send, tell, sign = async () => null) {
    this.store = store;
    this.send = send;
    this.tell = tell;
    this.sign = sign;
    this.state = { waiting: 0, signInNeeded: false, enrolmentNeeded: false, reached: null, refused: 0, outcomes: {} };
  }

  /** Count what waits and say so. */
  async refresh() {
    await this.#say({ outcomes: {} });
  }

  /**
   * Send until nothing waits or the server does not answer; a call during a send sends once more.
   * @returns {Promise<void>}
   */
  async flush() {
    this.#again = true;
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #drain() {
    while (this.#again) {
      this.#again = false;
      while (await this.#sendSome());
    }
    await this.refresh();
  }

  /** Send the oldest that wait; true where something left the queue and more may follow. */
  async #sendSome() {
    const waiting = await this.store.waitingCrossings(BATCH);
    let gone = false;
    for (const kind of KINDS) {
      const batch = waiting.filter(kind.holds).map(plain);
      if (batch.length > 0) gone = (await this.#sendBatch(kind, batch)) || gone;
    }
    return gone;
  }

  /** True where at least one crossing left the queue, so that going on makes sense. */
  async #sendBatch(kind, batch) {
    const body = JSON.stringify({ [kind.name]: batch });
    const key = await idempotencyKey(body);
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
    const signature = await this.sign(kind.purpose, key, body);
    if (signature) headers["Device-Signature"] = signature;
    let reply;
    try {
      reply = await this.send(kind.url, {
        method: "POST",
        credentials: "same-origin",
        redirect: "error",
        headers,
        body,
      });
    } catch {
      await this.#say({ reached: false, outcomes: {} });
      return false;
    }
    await this.#say({ reached: true, outcomes: {} });
    if (reply.status === 401 || reply.status === 403) {
      const enrolmentNeeded = reply.status === 403 && !signature;
      await this.#say({ signInNeeded: true, enrolmentNeeded, outcomes: {} });
    }
    if (REFUSES_WHOLE.has(reply.status) && batch.length > 1) return this.#sendEach(kind, batch);
    if (!reply.ok) return false;
    return this.#takeAnswers(batch, await reply.json().catch(() => null));
  }

  /** One crossing that the server cannot even read must not hold back the others. */
  async #sendEach(kind, batch) {
    let gone = false;
    for (const crossing of batch) gone = (await this.#sendBatch(kind, [crossing])) || gone;
    return gone;
  }

  async #takeAnswers(batch, body) {
    const sent = new Set(batch.map((crossing) => crossing.id));
    const items = Array.isArray(body?.items) ? body.items : [];
    const outcomes = {};
    for (const { id, outcome } of items) {
      if (sent.has(id) && ANSWERED.has(outcome)) outcomes[id] = outcome;
    }
    const ids = Object.keys(outcomes);
    await this.store.removeCrossings(ids);
    const refused = ids.filter((id) => outcomes[id] === "refused").length;
    await this.#say({ signInNeeded: false, enrolmentNeeded: false, refused: this.state.refused + refused, outcomes });
    return ids.length > 0;
  }

  async #say(change) {
    this.state = { ...this.state, ...change, waiting: await this.store.countCrossings() };
    this.tell(this.state);
  }
}
