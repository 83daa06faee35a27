/** A minor who came to the window without a parent and without a permit: an alert, and no scan. */

import { MinorsForm } from "./minors-form.js";
import { byId, onTap, say, show } from "./page.js";

/** The form that opens from the search for a code. */
export class LoneView {
  #sent = null;

  /**
   * @param {object} parts
   * @param {import("./words.js").Words} parts.words
   * @param {import("./device.js").Device} parts.device
   * @param {(minors: object[], direction: string) => Promise<{id: string}>} parts.raise
   */
  constructor(parts) {
    Object.assign(this, parts);
    this.form = new MinorsForm("lone-minors", this.words, () => this.#draw());
    byId("lone").addEventListener("toggle", () => {
      if (!byId("lone").open) return;
      const phone = this.device.config.child_duty_phone;
      show("lone-phone", Boolean(phone));
      if (phone) say("lone-phone", this.words.text("alert_phone", { phone }));
      this.form.begin();
    });
    onTap("lone-entry", () => this.#raise("entry"));
    onTap("lone-exit", () => this.#raise("exit"));
  }

  /** Close it and forget what was ticked. */
  close() {
    byId("lone").open = false;
    this.#sent = null;
    this.form.reset();
    say("lone-said", "");
  }

  /** Say what became of an alert that was raised here. @param {Record<string, string>} outcomes */
  tell(outcomes) {
    const outcome = this.#sent && outcomes[this.#sent];
    if (outcome) say("lone-said", this.words.text(outcome === "refused" ? "refused_crossing" : "alert_sent"));
  }

  #draw() {
    const { minors, alone } = this.form;
    show("lone-buttons", alone > 0);
    const none = minors.length > 0 && alone === 0;
    say("lone-said", none ? this.words.text("minors_with_parent") : "");
  }

  async #raise(direction) {
    if (!this.device.post) return say("lone-said", this.words.text("post_first"));
    show("lone-buttons", false);
    try {
      this.#sent = (await this.raise(this.form.minors, direction)).id;
      this.form.reset();
      show("lone-buttons", false);
      say("lone-said", this.words.alertSaved(this.device.config.child_duty_phone));
    } catch {
      show("lone-buttons", true);
      say("lone-said", this.words.text("not_saved"));
    }
  }
}
