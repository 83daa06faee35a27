/** The screen of a device that was ended; it covers everything, for good. */

import { sweep } from "./broom.js";
import { byId, say, show } from "./page.js";

/** How often what is owed is offered again, in milliseconds. */
const AGAIN = 30_000;

/** Shows the end and brings it about. */
export class EndingView {
  /**
   * @param {import("./words.js").Words} words
   * @param {import("./ending.js").Ending} ending
   */
  constructor(words, ending) {
    this.words = words;
    this.ending = ending;
    this.shown = false;
  }

  /** Whether this device knows that it was ended. */
  async isKnown() {
    return this.ending.isKnown();
  }

  /** Ask whether it was. */
  async look() {
    return this.shown || this.ending.look();
  }

  /** Cover the screen, hand in what is owed, then empty the device; once begun it goes on. */
  async run() {
    if (this.shown) return;
    this.shown = true;
    for (const part of document.querySelectorAll("[data-under-lock]")) part.hidden = part.inert = true;
    show("view-lock", false);
    show("view-ended", true);
    document.title = `${this.words.text("title_ended")} · Vereda`;
    byId("ended-title").focus();
    await this.#settle();
  }

  async #settle() {
    const owed = await this.ending.settle();
    if (owed > 0) {
      say("ended-said", this.words.text("ended_owing", { n: owed }));
      setTimeout(() => this.#settle(), AGAIN);
      return;
    }
    await sweep(this.ending.store);
    say("ended-said", this.words.text("ended_clear"));
  }
}
