/** The screen that covers the scanner while it is locked. */

import { byId, onTap, say, show } from "./page.js";

/** A touch is written down at most this often, in milliseconds. */
const NOTED_EVERY = 15_000;

/** Asks for the PIN; nothing of the scanner is seen or heard until it fits. */
export class LockView {
  #noted = 0;
  #shown = false;

  /**
   * @param {object} parts
   * @param {import("./words.js").Words} parts.words
   * @param {import("./lock.js").Lock} parts.lock
   * @param {() => void} parts.close put away what must not be seen.
   * @param {() => void} parts.open go on where it was left.
   */
  constructor({ words, lock, close, open }) {
    this.words = words;
    this.lock = lock;
    this.close = close;
    this.open = open;
    byId("lock-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#try();
    });
    onTap("lock-now", () => this.#lockNow());
    for (const touch of ["pointerdown", "keydown"]) {
      document.addEventListener(touch, () => this.#touched(), { passive: true });
    }
  }

  /** Whether the scanner is covered. */
  get shown() {
    return this.#shown;
  }

  /** Look whether the device has been idle for too long. */
  async look() {
    show("lock-now", Boolean((await this.lock.holder()).name));
    if (!this.#shown && (await this.lock.isLocked())) await this.#cover();
  }

  async #lockNow() {
    await this.lock.lock();
    await this.look();
  }

  async #cover() {
    this.#shown = true;
    this.close();
    const { name, wornOut, byDoor } = await this.lock.holder();
    say("lock-name", name);
    say("lock-said", wornOut ? this.words.text(byDoor ? "lock_by_door" : "lock_worn_out") : "");
    show("lock-form", !wornOut);
    this.#still(true);
    show("view-lock", true);
    document.title = `${this.words.text("title_lock")} · Vereda`;
    byId(wornOut ? "lock-title" : "lock-pin").focus();
  }

  async #try() {
    const field = byId("lock-pin");
    const pin = field.value;
    field.value = "";
    const ending = await this.lock.unlock(pin);
    if (ending === "opened") return this.#uncover();
    say("lock-said", this.words.text(ending === "wrong" ? "lock_wrong" : "lock_worn_out"));
    show("lock-form", ending === "wrong");
  }

  #uncover() {
    this.#shown = false;
    say("lock-said", "");
    show("view-lock", false);
    this.#still(false);
    this.open();
  }

  /** What lies under the lock takes no focus and no tap. @param {boolean} still */
  #still(still) {
    for (const part of document.querySelectorAll("[data-under-lock]")) part.inert = still;
  }

  async #touched() {
    const now = Date.now();
    if (this.#shown || now - this.#noted < NOTED_EVERY) return;
    this.#noted = now;
    // The touch that comes too late finds the lock, and does not push it back.
    await this.look();
    if (!this.#shown) await this.lock.touch();
  }
}
